import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { save, workFolder } from '../../test/fixtures.js';
import { childModule } from './child-module.js';
import { ChildFailure, ChildProcess, runInChild } from './child-process.js';

const folder = await workFolder();
afterAll(() => folder.remove());

const child = folder.path('child.mjs');
beforeAll(() =>
  save(
    child,
    `process.on('disconnect', () => process.exit());
     const kept = [];
     process.on('message', ({ act }) => {
       if (act === 'echo') process.send({ ok: true, value: { pixels: new Uint8Array([1, 2, 3]), secret: process.env.SECRET } });
       if (act === 'fault') process.send({ ok: false, message: 'that page is broken' });
       if (act === 'spin') for (;;) ;
       if (act === 'crash') process.abort();
       if (act === 'grow') setInterval(() => kept.push(Buffer.alloc(64 * 2 ** 20, 1)), 50);
     });`,
  ),
);

const limits = { timeoutMs: 20_000, memoryMb: 512 };
const failure = async (call: Promise<unknown>): Promise<ChildFailure> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ChildFailure);
  return error as ChildFailure;
};

describe('a child process', () => {
  it('answers with bytes, and sees nothing of the environment', async () => {
    process.env['SECRET'] = 'database password';
    const answer = await runInChild<{ pixels: Uint8Array; secret?: string }>(child, { act: 'echo' }, limits);
    expect([...answer.pixels]).toEqual([1, 2, 3]);
    expect(answer.secret).toBeUndefined();
  });

  it('is killed when it hangs in a loop that no timer of its own could break', async () => {
    const hanging = new ChildProcess(child, limits.memoryMb);
    expect((await failure(hanging.call({ act: 'spin' }, 300))).reason).toBe('TIMED_OUT');
    expect(hanging.alive).toBe(false);
  });

  it('is killed when it grows beyond its memory', async () => {
    expect((await failure(runInChild(child, { act: 'grow' }, { ...limits, memoryMb: 256 }))).reason).toBe(
      'OUT_OF_MEMORY',
    );
  });

  it('may crash or be killed from outside: a typed failure, and this process goes on', async () => {
    expect((await failure(runInChild(child, { act: 'crash' }, limits))).reason).toBe('DIED');
    const victim = new ChildProcess(child, limits.memoryMb);
    const call = victim.call({ act: 'spin' }, limits.timeoutMs);
    setTimeout(() => process.kill(victim.pid!, 'SIGKILL'), 200);
    expect((await failure(call)).reason).toBe('DIED');
    expect((await failure(victim.call({ act: 'echo' }, limits.timeoutMs))).reason).toBe('DIED');
  });

  it('reports a fault and stays usable', async () => {
    const worker = new ChildProcess(child, limits.memoryMb);
    const fault = await failure(worker.call({ act: 'fault' }, limits.timeoutMs));
    expect([fault.reason, fault.message]).toEqual(['FAILED', 'that page is broken']);
    expect(await worker.call({ act: 'echo' }, limits.timeoutMs)).toMatchObject({ pixels: expect.anything() });
    worker.kill();
  });

  it('ends with the reason of the one who aborts', async () => {
    const stop = new AbortController();
    const call = runInChild(child, { act: 'spin' }, limits, stop.signal);
    setTimeout(() => stop.abort(new Error('shutting down')), 200);
    await expect(call).rejects.toThrow('shutting down');
  });

  it('fails as a child when its module does not exist', async () => {
    expect((await failure(runInChild(folder.path('nothing.mjs'), {}, limits))).reason).toBe('DIED');
  });
});

describe('the module of a child', () => {
  it('is the compiled twin when the caller runs from source', () => {
    expect(childModule('file:///app/libs/engines/digitisation/src/process/a.ts', './b.child.js')).toBe(
      '/app/dist/libs/engines/digitisation/src/process/b.child.js',
    );
    expect(childModule('file:///app/dist/libs/engines/digitisation/src/process/a.js', './b.child.js')).toBe(
      '/app/dist/libs/engines/digitisation/src/process/b.child.js',
    );
  });
});
