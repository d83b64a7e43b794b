/**
 * The child's side of `ChildProcess`: answers each request in turn, and ends when the parent does, so that no child
 * outlives a killed parent.
 */
export const serve = <Request extends object>(handle: (request: Request) => Promise<unknown>): void => {
  process.on('message', (request: Request) => {
    handle(request).then(
      (value) => process.send?.({ ok: true, value }),
      (error: unknown) =>
        process.send?.({ ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
};
