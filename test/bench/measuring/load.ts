import { setTimeout as sleep } from 'node:timers/promises';

export interface LoadResult {
  readonly perSecond: number;
  /** Of each piece of work, ms. */
  readonly latencies: readonly number[];
}

/** So many at once, each caller beginning anew when it has its answer: how much goes through. */
export const closedLoop = async (
  { concurrency, seconds }: { readonly concurrency: number; readonly seconds: number },
  work: () => Promise<void>,
): Promise<LoadResult> => {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  const caller = async (): Promise<void> => {
    for (let begun = performance.now(); begun < end; begun = performance.now()) {
      await work();
      latencies.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return { perSecond: (latencies.length * 1000) / (performance.now() - start), latencies };
};

/**
 * So many a second, whether the earlier ones are answered or not, as callers do who do not know of each other. A
 * latency begins when the work was due, so that a stall counts for all that had to wait for it.
 */
export const openLoop = async (
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
  work: () => Promise<void>,
): Promise<LoadResult> => {
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  const start = performance.now();
  for (let number = 0; number < rate * seconds; number += 1) {
    const due = start + (number * 1000) / rate;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    under.push(work().then(() => void latencies.push(performance.now() - due)));
  }
  await Promise.all(under);
  return { perSecond: (latencies.length * 1000) / (performance.now() - start), latencies };
};
