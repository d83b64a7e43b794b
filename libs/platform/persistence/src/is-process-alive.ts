import { readFileSync } from 'node:fs';

/**
 * Whether a process with this id runs, whoever owns it. One that has ended but that nobody has waited for (a zombie, the
 * rule in containers whose first process is not an init) does not run.
 */
export const isProcessAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    // proc(5): the state follows the name, which stands in parentheses and may hold any character.
    return !/\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // Gone in between, or a system without /proc, where the signal's answer stands.
    return process.platform !== 'linux';
  }
};
