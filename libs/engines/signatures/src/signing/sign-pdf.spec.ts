import { createHash } from 'node:crypto';
import { PDFDocument } from '@cantoo/pdf-lib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { appendRevision, handwrittenPdf, onePage } from '../../../pdf/test/handwritten-pdf.js';
import { extractSignatures, judgeSignedPdf, withFiles, withTool } from '../../test/outside-judges.js';
import { createTestKeys, signedAt, type TestKeys } from '../../test/test-keys.js';
import {
  agencySealSlot,
  authorisedPersonSlot,
  checkSignatures,
  completeCms,
  createSigningKey,
  drawDevelopmentSeal,
  drawDevelopmentSignature,
  embedSignature,
  prepareCms,
  prepareSignature,
  readSignatureFields,
  readSignatureImage,
  scanSignatureSlot,
  type SigningKey,
  signPdf,
} from '../index.js';
import { generateKeyPairSync } from 'node:crypto';
import { PdfDocument } from '#engines/pdf';
import { issueCertificate } from '../certificates/issue-certificate.js';

let keys: TestKeys;
let root: string;

beforeAll(async () => {
  keys = await createTestKeys();
  root = keys.pki.toPem().certificates;
});

const madeByPdfLib = async (useObjectStreams: boolean): Promise<Uint8Array> => {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText('Decision', { x: 100, y: 700 });
  document.addPage([595, 842]);
  return document.save({ useObjectStreams });
};

/** A key of the development PKI's shape, for algorithms the PKI does not issue. */
const selfSigned = (pair: ReturnType<typeof generateKeyPairSync>, pss = false): SigningKey => {
  const certificate = issueCertificate({
    subject: { country: 'VN', organization: 'TEST', commonName: 'Self (TEST)' },
    publicKey: pair.publicKey,
    issuerKey: pair.privateKey,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
    kind: { ca: false },
  });
  return createSigningKey({ privateKey: pair.privateKey, certificate, pss });
};

const allAccept = (signed: Uint8Array, count: number, rootPem = root): void => {
  const judged = judgeSignedPdf(signed, rootPem);
  expect(judged.openssl ?? Array(count).fill('verified')).toEqual(Array(count).fill('verified'));
  expect(judged.pdfsig ?? { valid: count, total: true }).toEqual({ valid: count, total: true });
  expect(judged.qpdf ?? 'sound').toBe('sound');
};

describe('three signatures on one document (FR-46, FR-49)', () => {
  const sources: [string, () => Promise<Uint8Array>][] = [
    ['a classic table', () => madeByPdfLib(false)],
    ['cross-reference and object streams', () => madeByPdfLib(true)],
    ['bytes written by hand', () => Promise.resolve(handwrittenPdf(onePage()))],
    [
      'an earlier revision',
      () => Promise.resolve(appendRevision(handwrittenPdf(onePage()), { 6: '<</Type /Metadata>>' })),
    ],
  ];

  it.each(sources)('scanner, leader and agency all verify on %s', async (_, source) => {
    const original = await source();
    const image = await readSignatureImage(await drawDevelopmentSignature('Phạm Quốc Dũng'));
    const seal = await readSignatureImage(await drawDevelopmentSeal('UBND phường Thành Sen'));
    const leader = authorisedPersonSlot({ image, page: 'LAST', box: { x: 350, y: 150, width: 150, height: 80 } });

    const scanned = await signPdf(original, keys.officer, {
      signedAt,
      slot: scanSignatureSlot({ scannerName: 'Lê Thị Hoa', at: signedAt }),
    });
    const led = await signPdf(scanned, keys.leader, { signedAt, slot: leader, digestAlgorithm: 'SHA-384' });
    const sealed = await signPdf(led, keys.agency, {
      signedAt,
      slot: agencySealSlot({ image: seal, widthMillimetres: 36, page: 'LAST', signerBox: leader.place.box }),
      digestAlgorithm: 'SHA-512',
    });

    expect(Buffer.from(sealed.subarray(0, original.length)).equals(Buffer.from(original))).toBe(true);
    expect(Buffer.from(sealed.subarray(0, led.length)).equals(Buffer.from(led))).toBe(true);
    allAccept(sealed, 3);
    const report = checkSignatures(sealed, { trustAnchors: [keys.pki.rootCertificate], at: signedAt });
    expect(report.verdict).toBe('VALID');
    expect(report.signatures.map(({ signer }) => signer?.commonName)).toEqual([
      'Lê Thị Hoa (TEST)',
      'Phạm Quốc Dũng (TEST)',
      'UBND phường Thành Sen (TEST)',
    ]);
  });
});

describe('algorithms (FR-48)', () => {
  it('signs with RSASSA-PSS', async () => {
    const key = selfSigned(generateKeyPairSync('rsa', { modulusLength: 2048 }), true);
    const signed = await signPdf(handwrittenPdf(onePage()), key, { signedAt });
    const report = checkSignatures(signed, { trustAnchors: [key.certificate], at: signedAt });
    expect(report.signatures[0]).toMatchObject({ verdict: 'VALID', signatureAlgorithm: 'RSASSA-PSS' });
    const [signature] = extractSignatures(signed);
    withTool('openssl', (run) =>
      withFiles({ content: signature?.content ?? '', cms: signature?.cms ?? '' }, ({ content, cms }) =>
        run(
          'cms',
          '-verify',
          '-noverify',
          '-binary',
          '-inform',
          'DER',
          '-in',
          cms,
          '-content',
          content,
          '-out',
          '/dev/null',
        ),
      ),
    );
  });

  it('signs with ECDSA on P-384', async () => {
    const key = selfSigned(generateKeyPairSync('ec', { namedCurve: 'P-384' }));
    const signed = await signPdf(handwrittenPdf(onePage()), key, { signedAt, digestAlgorithm: 'SHA-384' });
    const report = checkSignatures(signed, { trustAnchors: [key.certificate], at: signedAt });
    expect(report.signatures[0]).toMatchObject({
      verdict: 'VALID',
      digestAlgorithm: 'SHA-384',
      signatureAlgorithm: 'ECDSA',
    });
  });

  it.each([
    ['RSA of 1024 bits', () => generateKeyPairSync('rsa', { modulusLength: 1024 })],
    ['a curve that is not permitted', () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' })],
    ['Ed25519, which the annex does not list', () => generateKeyPairSync('ed25519')],
  ])('refuses %s', (_, pair) => {
    expect(() => createSigningKey({ privateKey: pair().privateKey, certificate: keys.officer.certificate })).toThrow(
      expect.objectContaining({ code: 'signing-algorithm-refused' }),
    );
  });

  it('refuses a key that does not belong to the certificate', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => createSigningKey({ privateKey, certificate: keys.leader.certificate })).toThrow(
      expect.objectContaining({ code: 'signing-key-mismatch' }),
    );
  });
});

describe('the steps of signing', () => {
  it('may be taken apart: the hash leaves, the signature comes back later (FR-51)', async () => {
    const toBeSigned = prepareSignature(handwrittenPdf(onePage()), keys.leader, { signedAt });
    const prepared = prepareCms(toBeSigned.digest, toBeSigned.digestAlgorithm, keys.leader);
    const value = await keys.leader.sign(prepared.signedAttributes, 'SHA-256');
    const signed = embedSignature(toBeSigned, completeCms(prepared, value));
    const [signature] = extractSignatures(signed);
    expect(
      createHash('sha256')
        .update(signature?.content ?? '')
        .digest()
        .equals(toBeSigned.digest),
    ).toBe(true);
    expect(toBeSigned.byteRange[2] + toBeSigned.byteRange[3]).toBe(signed.length);
    allAccept(signed, 1);
  });

  it('keeps in /Contents what the chain needs, not a fixed guess', () => {
    const room = (key: SigningKey): number => {
      const { contents } = prepareSignature(handwrittenPdf(onePage()), key, { signedAt });
      return contents.end - contents.start;
    };
    const certificates = [keys.officer.certificate, ...keys.officer.chain].reduce((sum, { length }) => sum + length, 0);
    expect(room(keys.officer)).toBeGreaterThan(2 * certificates);
    expect(room(keys.officer)).toBeLessThan(2 * (certificates + 1024));
    expect(room({ ...keys.officer, chain: [] })).toBeLessThan(room(keys.officer));
  });

  it('refuses a CMS that does not fit', () => {
    const toBeSigned = prepareSignature(handwrittenPdf(onePage()), keys.leader, { signedAt });
    expect(() => embedSignature(toBeSigned, new Uint8Array(100_000))).toThrow(
      expect.objectContaining({ code: 'signature-too-large' }),
    );
  });

  it('writes PAdES B-B: CAdES subfilter, /M in Vietnam time, no signing time among the signed attributes', async () => {
    const signed = await signPdf(handwrittenPdf(onePage()), keys.officer, { signedAt, signerName: 'Lê Thị Hoa' });
    const text = Buffer.from(signed).toString('latin1');
    expect(text).toContain('/SubFilter /ETSI.CAdES.detached');
    expect(text).toContain("/M (D:20260305162922+07'00')");
    const [signature] = extractSignatures(signed);
    const has = (oid: string): boolean => Boolean(signature?.cms.includes(Buffer.from(oid, 'hex')));
    expect(has('06092a864886f70d010905')).toBe(false);
    expect(has('060b2a864886f70d010910022f')).toBe(true);
  });
});

describe('form fields', () => {
  const withEmptyField = handwrittenPdf({
    ...onePage('/MediaBox [0 0 595 842] /Annots [6 0 R]'),
    1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R]>>>>',
    6: '<</Type /Annot /Subtype /Widget /FT /Sig /T (Leader) /Rect [300 100 450 180] /P 3 0 R /F 4>>',
  });

  it('fills an existing empty field and keeps its rectangle', async () => {
    const image = await readSignatureImage(await drawDevelopmentSignature('Dũng'));
    const slot = authorisedPersonSlot({ image, page: 1, box: { x: 0, y: 0, width: 50, height: 50 } });
    const signed = await signPdf(withEmptyField, keys.leader, { signedAt, fieldName: 'Leader', slot });
    allAccept(signed, 1);
    const fields = readSignatureFields(PdfDocument.open(signed));
    expect(fields).toHaveLength(1);
    expect(fields[0]?.dict.get('Rect')).toEqual([300, 100, 450, 180]);
    expect(fields[0]?.dict.has('AP')).toBe(true);
  });

  it('does not sign the same field twice', async () => {
    const signed = await signPdf(withEmptyField, keys.leader, { signedAt, fieldName: 'Leader' });
    await expect(signPdf(signed, keys.agency, { signedAt, fieldName: 'Leader' })).rejects.toMatchObject({
      code: 'signature-field-signed',
      params: { field: 'Leader' },
    });
  });

  it('gives new fields names that are free', async () => {
    const once = await signPdf(handwrittenPdf(onePage()), keys.leader, { signedAt });
    const twice = await signPdf(once, keys.agency, { signedAt });
    expect(readSignatureFields(PdfDocument.open(twice)).map(({ name }) => name)).toEqual(['Signature1', 'Signature2']);
  });
});

describe('what earlier signers fixed', () => {
  const certified = (permission: number): Buffer =>
    handwrittenPdf({
      ...onePage(),
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R] /SigFlags 3>> /Perms <</DocMDP 7 0 R>>>>',
      6: '<</FT /Sig /T (Author) /V 7 0 R>>',
      7: `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <00> /ByteRange [0 0 0 0] /Reference [<</Type /SigRef /TransformMethod /DocMDP /TransformParams <</Type /TransformParams /P ${permission} /V /1.2>>>>]>>`,
    });
  const locked = (entries: string): Buffer =>
    handwrittenPdf({
      ...onePage(),
      1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R] /SigFlags 3>>>>',
      6: `<</FT /Sig /T (Author) /V 7 0 R /Lock <</Type /SigFieldLock ${entries}>>>>`,
      7: '<</Type /Sig /SubFilter /adbe.pkcs7.detached /Contents <00> /ByteRange [0 0 0 0]>>',
    });

  it('refuses a document certified without permitted changes', async () => {
    await expect(signPdf(certified(1), keys.leader, { signedAt })).rejects.toMatchObject({
      code: 'signing-forbidden-by-document',
      params: { rule: 'DocMDP P1' },
    });
  });

  it.each([2, 3])('signs a document certified at level %i', async (level) => {
    const signed = await signPdf(certified(level), keys.leader, { signedAt });
    expect(readSignatureFields(PdfDocument.open(signed))).toHaveLength(2);
  });

  it('refuses where a lock covers the field, and signs where it does not', async () => {
    await expect(signPdf(locked('/Action /All'), keys.leader, { signedAt })).rejects.toMatchObject({
      code: 'signing-forbidden-by-document',
    });
    const signed = await signPdf(locked('/Action /Include /Fields [(Amount)]'), keys.leader, { signedAt });
    expect(signed.length).toBeGreaterThan(1000);
  });
});

describe('certificates that may not sign now (FR-50)', () => {
  it('refuses an expired one and one not yet valid', async () => {
    const pdf = handwrittenPdf(onePage());
    await expect(signPdf(pdf, keys.leader, { signedAt: new Date('2029-01-01') })).rejects.toMatchObject({
      code: 'signing-certificate-expired',
    });
    await expect(signPdf(pdf, keys.leader, { signedAt: new Date('2020-01-01') })).rejects.toMatchObject({
      code: 'signing-certificate-not-yet-valid',
    });
  });

  it('refuses a certificate that is for issuing, not for signing', async () => {
    const key = { ...keys.leader, certificate: keys.pki.issuingCertificate };
    await expect(signPdf(handwrittenPdf(onePage()), key, { signedAt })).rejects.toMatchObject({
      code: 'signing-certificate-usage',
    });
  });
});

describe('files that cannot be signed', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'pdf-not-a-pdf'],
    ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'pdf-not-a-pdf'],
    ['a file cut short', handwrittenPdf(onePage()).subarray(0, 300), 'pdf-damaged'],
    ['an encrypted file', handwrittenPdf(onePage(), '/Encrypt <</Filter /Standard>>'), 'pdf-encrypted'],
  ])('refuses %s', async (_, pdf, code) => {
    await expect(signPdf(pdf, keys.leader, { signedAt })).rejects.toMatchObject({ code });
  });
});
