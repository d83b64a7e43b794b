import fs from 'node:fs';
import { jest } from '@jest/globals';

/**
 * Collects what this process writes to standard output and standard error from now on, the log included, in place of
 * writing it.
 */
export const captureOutput = (): { readonly text: () => string; readonly release: () => void } => {
  const written: string[] = [];
  const writeSync = fs.writeSync as (fd: number, ...rest: unknown[]) => number;
  const keep = (data: unknown): number => {
    const text = typeof data === 'string' ? data : Buffer.from(data as Uint8Array).toString();
    written.push(text);
    return Buffer.byteLength(text);
  };
  const spies = [
    // The log goes to the descriptor itself, without the stream in between.
    jest
      .spyOn(fs, 'writeSync')
      .mockImplementation((fd: number, data: unknown, ...rest: unknown[]) =>
        fd === 1 || fd === 2 ? keep(data) : writeSync(fd, data, ...rest),
      ),
    jest.spyOn(process.stdout, 'write').mockImplementation((data) => keep(data) >= 0),
    jest.spyOn(process.stderr, 'write').mockImplementation((data) => keep(data) >= 0),
  ];
  return { text: () => written.join(''), release: () => spies.forEach((spy) => spy.mockRestore()) };
};
