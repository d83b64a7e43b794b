import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { withFiles, withTool } from '../../test/outside-judges.js';
import { createTestKeys, signedAt, type TestKeys } from '../../test/test-keys.js';
import { certificatesFromPem, certificateToPem, DevelopmentPki, readCertificate } from '../index.js';

let keys: TestKeys;
beforeAll(async () => {
  keys = await createTestKeys();
});

describe('the development PKI', () => {
  it('marks every certificate as TEST', () => {
    const all = [
      keys.pki.rootCertificate,
      keys.pki.issuingCertificate,
      keys.officer.certificate,
      keys.agency.certificate,
    ];
    for (const der of all) expect(readCertificate(der).subject.commonName).toContain('(TEST)');
  });

  it('issues certificates for signing and nothing else', () => {
    const certificate = readCertificate(keys.officer.certificate);
    expect(certificate).toMatchObject({
      subject: { commonName: 'Lê Thị Hoa (TEST)', organization: 'UBND phường Thành Sen', userId: 'canbo' },
      issuer: { commonName: 'Khoso Issuing CA (TEST)' },
      isCa: false,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      unknownCritical: [],
    });
    expect(new X509Certificate(keys.leader.certificate).publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  it('is a path that OpenSSL accepts', () => {
    const said = withTool('openssl', (run) =>
      withFiles(
        {
          root: certificateToPem(keys.pki.rootCertificate),
          issuing: certificateToPem(keys.pki.issuingCertificate),
          leaf: certificateToPem(keys.officer.certificate),
        },
        ({ root, issuing, leaf }) =>
          run(
            'verify',
            '-x509_strict',
            '-attime',
            `${signedAt.getTime() / 1000}`,
            '-CAfile',
            root,
            '-untrusted',
            issuing,
            leaf,
          ),
      ),
    );
    expect(said ?? 'OK').toContain('OK');
  });

  it('goes on issuing after it was kept and loaded again', async () => {
    const loaded = DevelopmentPki.fromPem(keys.pki.toPem());
    const { signingKey } = await loaded.issue(
      { commonName: 'Đỗ Thị Mai', organization: 'UBND phường Thành Sen', userId: 'vanthu' },
      { keyType: 'P-256', now: signedAt },
    );
    const issuer = new X509Certificate(keys.pki.issuingCertificate);
    expect(new X509Certificate(signingKey.certificate).verify(issuer.publicKey)).toBe(true);
  });

  it('does not load texts that do not belong together', async () => {
    const other = await createTestKeys();
    const mixed = { ...keys.pki.toPem(), issuingKey: other.pki.toPem().issuingKey };
    expect(() => DevelopmentPki.fromPem(mixed)).toThrow(expect.objectContaining({ code: 'signing-key-mismatch' }));
  });

  it('writes PEM that is read back', () => {
    const [root] = certificatesFromPem(certificateToPem(keys.pki.rootCertificate));
    expect(Buffer.from(root ?? []).equals(Buffer.from(keys.pki.rootCertificate))).toBe(true);
  });
});
