import type { ProgressEvent } from '#platform/queue';

const heartbeatMs = 15_000;

/** One event in the form of the HTML standard, section 9.2. */
const frame = ({ sequence, type, at, data }: ProgressEvent): string =>
  `id: ${sequence}\nevent: ${type}\ndata: ${JSON.stringify({ at, ...data })}\n\n`;

/**
 * Progress as Server-Sent Events, with a comment now and then so that no proxy takes the silence for a dead line.
 * Ends when the feed does.
 */
export async function* eventStream(events: AsyncIterable<ProgressEvent>): AsyncGenerator<string> {
  const source = events[Symbol.asyncIterator]();
  try {
    let next = source.next();
    for (;;) {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<'silence'>((resolve) => {
        timer = setTimeout(() => resolve('silence'), heartbeatMs);
      });
      const first = await Promise.race([next, silence]).finally(() => clearTimeout(timer));
      if (first === 'silence') {
        yield ': still here\n\n';
        continue;
      }
      if (first.done) return;
      yield frame(first.value);
      next = source.next();
    }
  } finally {
    await source.return?.();
  }
}

/** What the client saw last; 0 for a first connection or an unreadable header. */
export const lastEventId = (header: string | string[] | undefined): number => {
  const value = Number(Array.isArray(header) ? header[0] : header);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
};
