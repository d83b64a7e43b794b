import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock, vietnamDate } from '#kernel';
import { Catalogue } from '#domain/catalogue';
import { AuditLog } from '#platform/audit';
import { Accounts, type Principal } from '#platform/auth';
import { AtomicCounter } from '#platform/persistence';
import { ObjectStore } from '#platform/storage';
import { DocumentSigner } from '../../apps/signing/src/document-signer.js';
import { KeyRing } from '../../apps/signing/src/keys/key-ring.js';
import { SignAsPersonUseCase } from '../../apps/signing/src/requests/sign-as-person.use-case.js';
import { SigningAttempt } from '../../apps/signing/src/requests/signing-attempt.js';
import { SignatureImages } from '../../apps/signing/src/signature-images/signature-images.js';
import { SignatureChecker } from '../../apps/signing/src/verifications/signature-checker.js';
import { emptyDraft, type Signing, startSigning } from './signing-service.js';

let signing: Signing;
beforeAll(async () => {
  signing = await startSigning();
});
afterAll(() => signing.stop());

const draftMany = async (count: number): Promise<string[]> => {
  const pdf = await emptyDraft();
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(String((await signing.draft(pdf)).at('id')));
  return ids;
};

describe('document numbers (FR-47)', () => {
  it('200 signatures asked for at once take the numbers 1 to 200, each once', async () => {
    const ids = await draftMany(200);
    const answers = await Promise.all(ids.map((id) => signing.signer.post(`/requests/${id}/signature`)));
    expect(answers.filter(({ status }) => status !== 200).map(({ json }) => json)).toEqual([]);
    const numbers = answers.map((answer) => String(answer.at('number')));
    const expected = Array.from({ length: 200 }, (_, index) => `${String(index + 1).padStart(2, '0')}/QĐ-UBND`);
    expect(numbers.sort((a, b) => parseInt(a) - parseInt(b))).toEqual(expected);
  }, 120_000);

  it('two who sign the same document at once make one signature', async () => {
    const [id] = await draftMany(1);
    const answers = await Promise.all([1, 2, 3].map(() => signing.signer.post(`/requests/${id}/signature`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('begin again at 01 when it is 1 January in Viet Nam, whatever the day in Greenwich', async () => {
    const year = Number(vietnamDate(new Date()).slice(0, 4));
    const times = [
      `${year}-12-31T23:59:58+07:00`,
      `${year + 1}-01-01T00:00:01+07:00`,
      `${year + 1}-01-01T06:00:00+07:00`,
    ];
    const results: (string | undefined)[] = [];
    const before = await signing.sql('SELECT max(number) AS last FROM signing.signing_request');
    const ids = await draftMany(times.length);
    for (const [index, time] of times.entries()) {
      const request = await signAt(new Date(time)).execute({ requestId: ids[index] ?? '' }, await signer());
      results.push(`${request.numberedYear}: ${request.number}, ${request.issuedOn}`);
    }
    expect(results).toEqual([
      `${year}: ${Number(before[0]?.['last']) + 1}, ${year}-12-31`,
      `${year + 1}: 1, ${year + 1}-01-01`,
      `${year + 1}: 2, ${year + 1}-01-01`,
    ]);
  });
});

const signer = async (): Promise<Principal> => {
  const account = await signing.get(Accounts).findByUsername('lanhdao');
  if (!account) throw new Error('no signer');
  return {
    kind: 'account',
    id: account.id,
    name: account.name,
    roles: account.roles,
    scopes: [],
    agencyCode: account.agencyCode,
  };
};

/** The use case of the running service, on another day. */
const signAt = (at: Date): SignAsPersonUseCase => {
  const clock: Clock = { now: () => at };
  return new SignAsPersonUseCase(
    signing.get(SigningAttempt),
    signing.get(AtomicCounter),
    signing.get(Catalogue),
    signing.get(KeyRing),
    signing.get(SignatureImages),
    signing.get(DocumentSigner),
    signing.get(SignatureChecker),
    signing.get(ObjectStore),
    signing.get(AuditLog),
    clock,
  );
};
