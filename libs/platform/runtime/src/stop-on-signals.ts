import type { Logger } from '#platform/observability';

const signals = ['SIGTERM', 'SIGINT'] as const;

/** The first signal stops in order; a second one of an impatient operator ends the process at once. */
export const stopOnSignals = (stop: () => Promise<void>, logger: Logger): void => {
  let isStopping = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      logger.info({ msg: 'stopping', signal });
      void stop().then(() => process.exit(0));
    });
  }
};
