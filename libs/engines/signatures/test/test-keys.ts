import { createDevelopmentPki, type DevelopmentPki, type SigningKey } from '../src/index.js';

/** 5 March 2026, 16:29:22 in Vietnam. */
export const signedAt = new Date('2026-03-05T09:29:22Z');

export interface TestKeys {
  readonly pki: DevelopmentPki;
  readonly officer: SigningKey;
  readonly leader: SigningKey;
  readonly agency: SigningKey;
}

/** The three who sign one document: scanner (RSA), leader (ECDSA), agency (RSA). */
export const createTestKeys = async (): Promise<TestKeys> => {
  const pki = await createDevelopmentPki({ now: signedAt });
  const organization = 'UBND phường Thành Sen';
  const issue = async (commonName: string, userId: string, keyType: 'RSA-2048' | 'P-256'): Promise<SigningKey> =>
    (await pki.issue({ commonName, organization, userId }, { keyType, now: signedAt })).signingKey;
  return {
    pki,
    officer: await issue('Lê Thị Hoa', 'canbo', 'RSA-2048'),
    leader: await issue('Phạm Quốc Dũng', 'lanhdao', 'P-256'),
    agency: await issue(organization, 'H27.05.12', 'RSA-2048'),
  };
};
