import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendRevision, handwrittenPdf, onePage, stream } from '../../../pdf/test/handwritten-pdf.js';
import { createTestKeys, signedAt, type TestKeys } from '../../test/test-keys.js';
import {
  checkReasons,
  checkSignatures,
  createDevelopmentPki,
  embedSignature,
  prepareSignature,
  readSignatureFields,
  type SignatureCheckReport,
  signCms,
  signPdf,
} from '../index.js';
import { PdfDocument } from '#engines/pdf';

let keys: TestKeys;
let signed: Buffer;
let twice: Buffer;

beforeAll(async () => {
  keys = await createTestKeys();
  signed = Buffer.from(await signPdf(handwrittenPdf(onePage()), keys.officer, { signedAt }));
  twice = Buffer.from(await signPdf(signed, keys.leader, { signedAt }));
});

const check = (pdf: Uint8Array): SignatureCheckReport =>
  checkSignatures(pdf, { trustAnchors: [keys.pki.rootCertificate], at: signedAt });

const keysOf = (report: SignatureCheckReport): string[] => report.reasons.map(({ key }) => key);

/** Replaces text of the same length, so that no offset moves. */
const replaced = (pdf: Buffer, from: string, to: string): Buffer => {
  expect(to).toHaveLength(from.length);
  return Buffer.from(pdf.toString('latin1').replace(from, to), 'latin1');
};

describe('a sound signature (FR-54)', () => {
  it('is VALID, with who, when, by whom issued and how', () => {
    expect(check(signed)).toMatchObject({
      verdict: 'VALID',
      reasons: [],
      signatures: [
        {
          field: 'Signature1',
          kind: 'SIGNATURE',
          signer: { commonName: 'Lê Thị Hoa (TEST)', organization: 'UBND phường Thành Sen' },
          issuer: { commonName: 'Khoso Issuing CA (TEST)' },
          claimedTime: signedAt,
          digestAlgorithm: 'SHA-256',
          signatureAlgorithm: 'RSASSA-PKCS1-v1_5',
          coverage: { wholeFile: true, laterRevisions: 0 },
        },
      ],
    });
  });

  it('names what was not looked at', () => {
    expect(check(signed).signatures[0]?.checks).toMatchObject({
      revocation: { status: 'NOT_CHECKED' },
      timestamp: { status: 'NOT_CHECKED' },
      laterChanges: { status: 'PASSED' },
    });
    expect(check(twice).signatures[0]?.checks.laterChanges.status).toBe('NOT_CHECKED');
  });

  it('stays VALID under a further signature', () => {
    const report = check(twice);
    expect(report.verdict).toBe('VALID');
    expect(report.signatures.map(({ coverage }) => coverage)).toEqual([
      { wholeFile: false, laterRevisions: 1 },
      { wholeFile: true, laterRevisions: 0 },
    ]);
    expect(keysOf(report)).toEqual(['later-revisions-are-signatures']);
  });
});

describe('tampering (FR-55)', () => {
  it('one byte of the content changed', () => {
    const report = check(replaced(signed, 'original content', 'original c0ntent'));
    expect([report.verdict, keysOf(report)]).toEqual(['INVALID', ['digest-mismatch']]);
  });

  it('one digit of the signature value changed', () => {
    const { contents } = prepareSignature(handwrittenPdf(onePage()), keys.officer, { signedAt });
    const pdf = Buffer.from(signed);
    const text = pdf.toString('latin1', contents.start, contents.end);
    const last = contents.start + text.replace(/0*>$/, '').length - 1;
    pdf[last] = pdf[last] === 0x31 ? 0x32 : 0x31;
    const report = check(pdf);
    expect([report.verdict, keysOf(report)]).toEqual(['INVALID', ['signature-mismatch']]);
  });

  it('a page replaced by a later revision', () => {
    const report = check(appendRevision(signed, { 4: stream('BT /F1 14 Tf 100 400 Td (other content) Tj ET') }));
    expect([report.verdict, keysOf(report)]).toEqual(['INDETERMINATE', ['later-changes-not-checked']]);
  });

  it('a page replaced in the same revision as a further signature', async () => {
    const changed = appendRevision(signed, { 4: stream('(x)') });
    const report = check(await signPdf(changed, keys.leader, { signedAt }));
    expect(report.verdict).toBe('INDETERMINATE');
    expect(report.signatures.map(({ verdict }) => verdict)).toEqual(['INDETERMINATE', 'VALID']);
  });

  it('a revision that adds nothing visible and no signature', () => {
    expect(check(appendRevision(signed, { 40: '(new)' })).verdict).toBe('INDETERMINATE');
  });

  it('the signature dictionary overridden by a later revision', () => {
    const [field] = readSignatureFields(PdfDocument.open(signed));
    const number = (field?.dict.get('V') as { number: number }).number;
    const body = /\d+ 0 obj\n(<<\/Type \/Sig[\s\S]*?>>)\nendobj/.exec(signed.toString('latin1'))?.[1] ?? '';
    const report = check(appendRevision(signed, { [number]: body.replace('20260305162922', '20260305152922') }));
    expect([report.verdict, keysOf(report)]).toEqual(['INVALID', ['byte-range-gap']]);
  });

  it('bytes behind the end of the file', () => {
    const report = check(Buffer.concat([signed, Buffer.from('999 0 obj (hidden) endobj')]));
    expect([report.verdict, keysOf(report)]).toEqual(['INDETERMINATE', ['bytes-after-end']]);
  });

  it('a signed file cut short or with a broken cross-reference table', () => {
    expect(keysOf(check(signed.subarray(0, -200)))).toEqual(['signed-file-damaged']);
    const broken = replaced(signed, ' 00000 n ', ' 0000x n ');
    expect(check(broken).verdict).toBe('INVALID');
  });
});

describe('byte range', () => {
  const withByteRange = (change: (range: number[]) => number[]): Buffer => {
    const text = signed.toString('latin1');
    const match = /\/ByteRange (\[[\d ]+\] *)/.exec(text);
    const range = (match?.[1] ?? '').match(/\d+/g)?.map(Number) ?? [];
    return replaced(signed, match?.[1] ?? '', `[${change(range).join(' ')}]`.padEnd(match?.[1]?.length ?? 0));
  };

  it.each([
    ['not four integers', () => [0, 1, 2], 'byte-range-malformed'],
    ['not starting at 0', ([, b = 0, c = 0, d = 0]) => [1, b - 1, c, d], 'byte-range-malformed'],
    ['reaching beyond the file', ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d + 1], 'byte-range-malformed'],
    ['a gap wider than the signature', ([a = 0, b = 0, c = 0, d = 0]) => [a, b - 1, c, d], 'byte-range-gap'],
    ['ending before its revision', ([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 20], 'byte-range-end'],
  ] as [string, (range: number[]) => number[], string][])('%s', (_, change, key) => {
    const report = check(withByteRange(change));
    expect(report.verdict).toBe('INVALID');
    expect(keysOf(report)).toContain(key);
  });
});

describe('the CMS', () => {
  const withCms = async (cms: (own: Uint8Array) => Uint8Array | Promise<Uint8Array>): Promise<SignatureCheckReport> => {
    const toBeSigned = prepareSignature(handwrittenPdf(onePage()), keys.officer, { signedAt, spareBytes: 3000 });
    return check(embedSignature(toBeSigned, await cms(await signCms(toBeSigned, keys.officer))));
  };

  it('of another file', async () => {
    const other = prepareSignature(handwrittenPdf(onePage('/MediaBox [0 0 10 10]')), keys.officer, { signedAt });
    const report = await withCms(() => signCms(other, keys.officer));
    expect([report.verdict, keysOf(report)]).toEqual(['INVALID', ['digest-mismatch']]);
  });

  it.each([
    ['empty', () => new Uint8Array(0), 'signature-empty'],
    ['garbage', () => Buffer.from('not a signature'), 'signature-unreadable'],
    ['cut short', (own: Uint8Array) => own.subarray(0, 500), 'signature-unreadable'],
  ])('%s', async (_, cms, key) => {
    const report = await withCms(cms);
    expect([report.verdict, keysOf(report)]).toEqual(['INVALID', [key]]);
  });

  it('with another certificate of the same key in the place of the one signed with', async () => {
    const report = await withCms((own) => {
      // The ESS attribute holds the certificate's hash; one bit of it changes, and with it the signed attributes.
      const bytes = Buffer.from(own);
      const at = bytes.indexOf(Buffer.from('060b2a864886f70d010910022f', 'hex'));
      const octet = bytes[at + 40] ?? 0;
      bytes[at + 40] = octet ^ 1;
      return bytes;
    });
    expect(report.verdict).toBe('INVALID');
    expect(keysOf(report)).toEqual(['signature-mismatch', 'signing-certificate-mismatch']);
  });
});

describe('the certificate path', () => {
  it('leads to no trusted root: INDETERMINATE, the signature itself being intact', async () => {
    const stranger = await createDevelopmentPki({ now: signedAt });
    const report = checkSignatures(signed, { trustAnchors: [stranger.rootCertificate], at: signedAt });
    expect([report.verdict, keysOf(report)]).toEqual(['INDETERMINATE', ['path-not-trusted']]);
    expect(report.signatures[0]?.checks.signatureValue.status).toBe('PASSED');
  });

  it('without the intermediate leads nowhere', async () => {
    const pdf = await signPdf(handwrittenPdf(onePage()), { ...keys.leader, chain: [] }, { signedAt });
    expect(keysOf(check(pdf))).toEqual(['path-not-trusted']);
  });

  it('is judged at the claimed time', async () => {
    const now = new Date('2026-03-05T09:00:00Z');
    const short = await keys.pki.issue(
      { commonName: 'Ngắn hạn', organization: 'UBND', userId: 'x' },
      { keyType: 'P-256', now, validDays: 3 },
    );
    const pdf = await signPdf(handwrittenPdf(onePage()), short.signingKey, { signedAt });
    const at = new Date('2027-01-01');
    expect(checkSignatures(pdf, { trustAnchors: [keys.pki.rootCertificate], at }).verdict).toBe('VALID');
    const later = replaced(Buffer.from(pdf), 'D:20260305162922', 'D:20260405162922');
    expect(keysOf(checkSignatures(later, { trustAnchors: [keys.pki.rootCertificate], at }))).toContain(
      'path-not-valid-then',
    );
  });

  it('does not take the certificate of a person for that of an issuer', async () => {
    const pki = await createDevelopmentPki({ now: signedAt });
    const report = checkSignatures(signed, { trustAnchors: [pki.issuingCertificate], at: signedAt });
    expect(report.verdict).toBe('INDETERMINATE');
  });
});

describe('whatever the bytes are, the answer is a report', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'file-unreadable'],
    ['a file without signatures', handwrittenPdf(onePage()), 'no-signature'],
    ['an encrypted file', handwrittenPdf(onePage(), '/Encrypt 9 0 R'), 'file-encrypted'],
    [
      'a form that contains itself',
      handwrittenPdf({
        ...onePage(),
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R]>>>>',
        6: '<</T (a) /Kids [6 0 R]>>',
      }),
      'file-unreadable',
    ],
  ])('%s', (_, pdf, key) => {
    const report = check(pdf);
    expect([report.verdict, keysOf(report)]).toEqual(['INDETERMINATE', [key]]);
  });

  it('even for a signed file with any bytes changed; and none of them is VALID unless nothing that counts changed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const pdf = Buffer.from(signed);
        const index = at % pdf.length;
        pdf[index] = (pdf[index] ?? 0) ^ difference;
        const { verdict } = check(pdf);
        expect(['VALID', 'INVALID', 'INDETERMINATE']).toContain(verdict);
        // Only the filling of /Contents behind the CMS and the case of its digits may change without notice.
        const open = signed.indexOf('/Contents <') + '/Contents '.length;
        const inGap = index > open && index < signed.indexOf('>', open);
        if (!inGap) expect(verdict).not.toBe('VALID');
      }),
      { numRuns: 300 },
    );
  });

  it('and every reason has a text in both languages', () => {
    for (const { vi, en } of Object.values(checkReasons)) {
      expect(vi).toMatch(/\p{Lu}.*\.$/u);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
  });
});
