import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

// What Nest tells while it is put together: one line per module and route.
const construction = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'NestApplicationContext',
]);

type Entry = Readonly<Record<string, unknown>>;

/**
 * Lets everyone write `new Logger(Name)` from @nestjs/common: a text, or an object `{ msg, err, ... }` whose members
 * become members of the line.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(construction.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes the context's name last and, for errors, a stack before it. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const logger = rest.at(-1);
    const stack = rest.length > 1 ? rest[0] : undefined;
    const about: Entry = {
      ...(typeof logger === 'string' && { logger }),
      ...(typeof stack === 'string' && { stack }),
    };
    if (message instanceof Error) this.pino[level]({ ...about, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.pino[level]({ ...about, ...message });
    else this.pino[level](about, String(message));
  }
}
