import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OneFlow } from '../../apps/cli/src/flow/one-flow.js';
import { readSampleSet } from '../../apps/cli/src/samples/sample-set.js';
import { findJudges, judge } from './support/judges.js';
import { personalNumbers } from './support/people.js';
import { openModes, type Server } from './support/server.js';

jest.setTimeout(240_000);

const { modes, close } = await openModes('the one flow');
afterAll(close);

describe.each(modes)('the one flow, $name', ({ start }) => {
  const kept = new Map<string, Buffer>();
  let server: Server;

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  it('holds at every step, on real scans, through the public API', async () => {
    const flow = new OneFlow(server.url, server.logins, readSampleSet(process.cwd()), {
      keep: async (name, bytes) => void kept.set(name, Buffer.from(bytes)),
    });
    const proofs: string[] = [];
    for (const step of flow.steps) {
      const lines = await step
        .run(() => undefined)
        .catch((cause: unknown) => {
          throw new Error(`Step ${step.number} does not hold: ${step.title}: ${String(cause)}`, { cause });
        });
      proofs.push(...lines);
    }
    expect(proofs.join('\n')).not.toMatch(personalNumbers);
  });

  it('makes PDFs that OpenSSL, Poppler and qpdf accept, every signature in them', async () => {
    const judges = await findJudges();
    const expected = (signatures: number) => ({
      signatures,
      ...(judges.has('openssl') && { openssl: signatures }),
      ...(judges.has('pdfsig') && { pdfsig: signatures }),
      ...(judges.has('qpdf') && { qpdf: true }),
    });
    const judged: Record<string, unknown> = {};
    for (const [name, pdf] of kept) judged[name] = await judge(pdf, server.rootFile, judges);
    expect(judged).toEqual({
      'giay-khai-sinh.signed.pdf': expected(1),
      'trich-luc-ket-hon.signed.pdf': expected(1),
      'xac-nhan-cu-tru-ct07.signed.pdf': expected(1),
      'result.signed.pdf': expected(2),
    });
  });
});
