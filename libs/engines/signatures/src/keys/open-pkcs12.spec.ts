import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { withFiles, withTool } from '../../test/outside-judges.js';
import { createTestKeys, signedAt, type TestKeys } from '../../test/test-keys.js';
import { certificateToPem } from '../certificates/pem.js';
import { issueCertificate } from '../certificates/issue-certificate.js';
import { openPkcs12 } from './open-pkcs12.js';
import { sealPkcs12 } from './seal-pkcs12.js';

const password = 'mật khẩu 123';
let keys: TestKeys;
let p12: Uint8Array;

beforeAll(async () => {
  keys = await createTestKeys();
  const issued = await keys.pki.issue(
    { commonName: 'Lê Thị Hoa', organization: 'UBND phường Thành Sen', userId: 'canbo' },
    { keyType: 'P-256', now: signedAt },
  );
  p12 = await issued.toPkcs12(password);
});

/** A key file made by OpenSSL with the given options; undefined where OpenSSL is not installed. */
const madeByOpenSsl = (options: readonly string[], type: 'rsa' | 'ec' = 'rsa'): Uint8Array | undefined => {
  const pair =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = issueCertificate({
    subject: { country: 'VN', organization: 'TEST', commonName: 'Old file (TEST)' },
    publicKey: pair.publicKey,
    issuerKey: pair.privateKey,
    notBefore: new Date('2026-01-01'),
    notAfter: new Date('2027-01-01'),
    kind: { ca: false },
  });
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return withTool('openssl', (run) =>
    withFiles({ key, cert: certificateToPem(certificate) }, (paths, folder) => {
      const out = join(folder, 'out.p12');
      run(
        'pkcs12',
        '-export',
        '-inkey',
        paths.key,
        '-in',
        paths.cert,
        '-out',
        out,
        '-passout',
        `pass:${password}`,
        ...options,
      );
      return readFileSync(out);
    }),
  );
};

describe('a PKCS#12 file of today', () => {
  it('opens with its password, key, certificate and chain', async () => {
    const key = await openPkcs12(p12, password);
    expect(key.scheme).toBe('ECDSA');
    expect(key.chain.map((der) => Buffer.from(der).toString('hex'))).toEqual([
      Buffer.from(keys.pki.issuingCertificate).toString('hex'),
    ]);
  });

  it('is opened by OpenSSL', () => {
    const said = withTool('openssl', (run) =>
      withFiles({ p12 }, (paths) => run('pkcs12', '-in', paths.p12, '-passin', `pass:${password}`, '-nodes')),
    );
    expect(said ?? 'BEGIN PRIVATE KEY').toContain('BEGIN PRIVATE KEY');
  });

  it.each([
    ['AES-256 with SHA-256', ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256']],
    ['AES-128 with SHA-512', ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC', '-macalg', 'sha512']],
    ['a certificate that is not encrypted', ['-certpbe', 'NONE']],
    ['no integrity check', ['-nomac']],
  ])('opens when OpenSSL made it with %s', async (_, options) => {
    const made = madeByOpenSsl(options);
    if (made) expect((await openPkcs12(made, password)).scheme).toBe('RSA_PKCS1');
  });
});

describe('an old PKCS#12 file', () => {
  it.each([
    ['3DES and RC2-40', ['-legacy'], 'rsa'],
    ['3DES for an elliptic-curve key', ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES'], 'ec'],
  ] as const)('opens with %s', async (_, options, type) => {
    const made = madeByOpenSsl(options, type);
    if (made) expect((await openPkcs12(made, password)).scheme).toBe(type === 'rsa' ? 'RSA_PKCS1' : 'ECDSA');
  });

  it('still says that the password is wrong', async () => {
    const made = madeByOpenSsl(['-legacy', '-nomac']);
    if (made) await expect(openPkcs12(made, 'other')).rejects.toMatchObject({ code: 'pkcs12-password-wrong' });
  });
});

describe('what is wrong with a key file is said', () => {
  it('the password', async () => {
    await expect(openPkcs12(p12, 'other')).rejects.toMatchObject({ code: 'pkcs12-password-wrong' });
    await expect(openPkcs12(p12, '')).rejects.toMatchObject({ code: 'pkcs12-password-wrong' });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('-----BEGIN CERTIFICATE-----')],
    ['half of a file', () => p12.subarray(0, p12.length / 2)],
  ])('the format: %s', async (_, bytes) => {
    const file = typeof bytes === 'function' ? bytes() : bytes;
    await expect(openPkcs12(file, password)).rejects.toMatchObject({ code: 'pkcs12-format-invalid' });
  });

  it('the algorithm', async () => {
    // The AES-256-CBC identifier changed to one that does not exist.
    const oid = Buffer.from('060960864801650304012a', 'hex');
    const file = Buffer.from(await sealFor(''));
    const at = file.indexOf(oid);
    file[at + oid.length - 1] = 0x7f;
    const withoutMac = stripMac(file);
    await expect(openPkcs12(withoutMac, '')).rejects.toMatchObject({ code: 'pkcs12-algorithm-unsupported' });
  });

  it('a key whose certificate is not in the file', async () => {
    const file = await sealFor(password);
    await expect(openPkcs12(file, password)).rejects.toMatchObject({ code: 'pkcs12-no-key' });
  });
});

const sealFor = (secret: string): Promise<Uint8Array> =>
  sealPkcs12(
    {
      privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
      certificate: keys.officer.certificate,
      chain: [],
    },
    secret,
  );

/** Drops macData, the last part of the outer SEQUENCE, and corrects the outer length (two length octets). */
const stripMac = (file: Buffer): Buffer => {
  const version = 3;
  const safeLength = file.readUInt16BE(4 + version + 2) + 4;
  const body = file.subarray(4, 4 + version + safeLength);
  const head = Buffer.from([0x30, 0x82, 0, 0]);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
};
