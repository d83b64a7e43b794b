/** A server that a test suite talks to. */
export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Tells plainly that a suite does not run, and how to make it run. */
export const reportMissingServer = (suite: string, remedy: string): void => {
  process.stderr.write(`\n  NOT RUN: ${suite}. To run it: ${remedy}\n\n`);
};
