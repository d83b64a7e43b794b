import { describe, expect, it } from '@jest/globals';
import { createLogger, NestLogger, redactLine, redactText, runInContext } from './index.js';

const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

describe('redaction', () => {
  it('masks personal numbers wherever they stand (FR-82)', () => {
    expect(redactText('CCCD 042090000123, và(042190000456)')).toBe('CCCD 042*****0123, và(042*****0456)');
    expect(redactText('ma042090000123x')).toBe('ma042*****0123x');
  });

  it('leaves longer numbers, hashes and ids as they are', () => {
    const harmless = 'bytes 1234567890123, 0b7c9f4e-1111-4222-8333-042090000123, ' + 'a042090000123b'.padEnd(64, 'f');
    expect(redactText(harmless)).toBe(harmless);
  });

  it('removes tokens, passwords in addresses and private keys', () => {
    expect(redactText(`got ${jwt}`)).toBe('got [redacted]');
    expect(redactText('authorization: Bearer abc.def')).toBe('authorization: Bearer [redacted]');
    expect(redactText('postgresql://khoso_app:s3cret@db:5432/khoso')).toBe(
      'postgresql://khoso_app:[redacted]@db:5432/khoso',
    );
    expect(redactText('-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----')).toBe('[redacted]');
  });

  it('removes the value of a secret member at any depth, and numbers that are not text', () => {
    const line = JSON.stringify({
      msg: 'x',
      body: { user: { Password: 'hunter2' } },
      n: 142090000123,
      list: [{ client_secret: 'q' }],
    });
    expect(JSON.parse(redactLine(line))).toEqual({
      msg: 'x',
      body: { user: { Password: '[redacted]' } },
      n: '142*****0123',
      list: [{ client_secret: '[redacted]' }],
    });
  });

  it('leaves a harmless line byte for byte', () => {
    const line = '{"msg":"started","port":3000}\n';
    expect(redactLine(line)).toBe(line);
  });
});

describe('the log', () => {
  const collect = () => {
    const lines: string[] = [];
    return {
      lines,
      logger: createLogger({
        level: 'debug',
        service: 'reuse',
        destination: { write: (line) => void lines.push(line) },
      }),
    };
  };

  it('is JSON, a line each, with service, request id and caller', () => {
    const { lines, logger } = collect();
    runInContext({ requestId: 'r-1', service: 'signing', locale: 'vi', actor: { kind: 'client', id: 'demo' } }, () =>
      logger.info('hello'),
    );
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      msg: 'hello',
      service: 'signing',
      requestId: 'r-1',
      actor: 'client:demo',
    });
    expect(lines[0]?.endsWith('}\n')).toBe(true);
  });

  it('redacts what an error brings along, stack included', () => {
    const { lines, logger } = collect();
    new NestLogger(logger).error({ msg: 'failed', err: new Error('duplicate key (owner)=(042090000123)') }, 'Records');
    expect(lines.join()).not.toContain('042090000123');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      logger: 'Records',
      err: { type: 'Error', message: expect.stringContaining('042*****0123') },
    });
  });
});
