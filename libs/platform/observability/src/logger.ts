import { type Logger, pino } from 'pino';
import { redactLine } from './redact.js';
import { currentContext } from './request-context.js';

export type { Logger } from 'pino';

/**
 * JSON lines on standard output (or another destination), each with the service and the request it belongs to, and
 * none with a secret or a personal number.
 * @param options.service name of the process; a line written while a request is served says the request's service
 */
export const createLogger = (options: {
  readonly level: string;
  readonly service: string;
  readonly destination?: { write(line: string): void };
}): Logger =>
  pino(
    {
      level: options.level,
      // The process is the container's business; host name and pid say nothing there.
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const context = currentContext();
        return {
          service: context?.service ?? options.service,
          ...(context && { requestId: context.requestId }),
          ...(context?.actor && { actor: `${context.actor.kind}:${context.actor.id}` }),
        };
      },
      hooks: { streamWrite: redactLine },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
