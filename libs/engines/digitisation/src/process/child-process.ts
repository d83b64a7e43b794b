import { fork, type ChildProcess as NodeChild } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export type ChildFailureReason = 'TIMED_OUT' | 'OUT_OF_MEMORY' | 'DIED' | 'FAILED';

/** Why a child gave no answer. Callers turn it into the error of their own operation. */
export class ChildFailure extends Error {
  constructor(
    readonly reason: ChildFailureReason,
    message: string,
  ) {
    super(message);
    this.name = 'ChildFailure';
  }
}

export interface ChildLimits {
  /** ms from the call to the answer. */
  readonly timeoutMs: number;
  /** Resident memory in MiB above which the child is killed. */
  readonly memoryMb: number;
}

interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly message?: string;
}

const pageBytes = 4096;
const memoryCheckMs = 200;

/**
 * A process of ours that works on bytes from outside: it can be killed, cannot take the parent down, sees no secret
 * of the environment, and answers one call at a time. Node's heap limit does not cover WebAssembly or native memory,
 * so the resident size is watched as well (where /proc exists).
 */
export class ChildProcess {
  private readonly child: NodeChild;
  private readonly stderr: string[] = [];
  private exited = false;

  constructor(
    modulePath: string,
    private readonly memoryMb: number,
  ) {
    this.child = fork(modulePath, [], {
      execArgv: [`--max-old-space-size=${memoryMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { NODE_ENV: process.env['NODE_ENV'], TMPDIR: process.env['TMPDIR'] },
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr.push(text);
      if (this.stderr.length > 20) this.stderr.shift();
    });
    this.child.on('exit', () => (this.exited = true));
    // A failed start is reported by the pending call; without a listener it would end this process.
    this.child.on('error', () => (this.exited = true));
  }

  get alive(): boolean {
    return !this.exited;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * @throws ChildFailure when the child was too slow, too large, died or reported a fault; the reason of `signal` when
   * aborted. After anything but a reported fault (`FAILED`) the child is gone.
   */
  call<Reply>(request: object, timeoutMs: number, signal?: AbortSignal): Promise<Reply> {
    return new Promise<Reply>((resolve, reject) => {
      let settled = false;
      const settle = (action: () => void, kill = false): void => {
        // A memory reading may arrive after the answer; the child may be at its next call by then.
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        clearInterval(watch);
        signal?.removeEventListener('abort', onAbort);
        this.child.off('message', onMessage).off('exit', onExit).off('error', onError);
        if (kill) this.kill();
        action();
      };
      const fail = (reason: ChildFailureReason, message: string, kill: boolean): void =>
        settle(() => reject(new ChildFailure(reason, message)), kill);
      const onMessage = (message: unknown): void => {
        const answer = message as Answer;
        if (answer.ok) settle(() => resolve(answer.value as Reply));
        else fail('FAILED', answer.message ?? 'no message', false);
      };
      const onExit = (code: number | null, killedBy: NodeJS.Signals | null): void => {
        const trace = this.stderr.join('');
        fail(
          /heap out of memory|Out of memory/i.test(trace) ? 'OUT_OF_MEMORY' : 'DIED',
          `exit ${code ?? killedBy}: ${trace.slice(-500)}`,
          false,
        );
      };
      const onError = (error: Error): void => fail('DIED', error.message, true);
      const onAbort = (): void => settle(() => reject(signal?.reason as Error), true);
      const timer = setTimeout(() => fail('TIMED_OUT', `no answer in ${timeoutMs} ms`, true), timeoutMs);
      const watch = setInterval(() => {
        void this.residentMb().then((mb) => {
          if (mb > this.memoryMb) fail('OUT_OF_MEMORY', `${mb} MiB`, true);
        });
      }, memoryCheckMs);

      if (signal?.aborted) return onAbort();
      if (this.exited) return fail('DIED', 'the process had ended before the call', false);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.child.on('message', onMessage).once('exit', onExit).once('error', onError);
      this.child.send(request, (error) => {
        if (error) fail('DIED', error.message, true);
      });
    });
  }

  kill(): void {
    this.exited = true;
    this.child.kill('SIGKILL');
  }

  private async residentMb(): Promise<number> {
    try {
      const statm = await readFile(`/proc/${this.child.pid}/statm`, 'utf8');
      return (Number(statm.split(' ')[1]) * pageBytes) / 2 ** 20;
    } catch {
      // No /proc on this system, or the process ended this moment: its exit is reported by the call.
      return 0;
    }
  }
}

/** One call in a process of its own. @throws as `ChildProcess.call` */
export const runInChild = async <Reply>(
  modulePath: string,
  request: object,
  limits: ChildLimits,
  signal?: AbortSignal,
): Promise<Reply> => {
  const child = new ChildProcess(modulePath, limits.memoryMb);
  try {
    return await child.call<Reply>(request, limits.timeoutMs, signal);
  } finally {
    child.kill();
  }
};
