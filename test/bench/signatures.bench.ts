import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { checkSignatures, createDevelopmentPki, type DevelopmentKeyType, signPdf } from '#engines/signatures';
import type { Bench } from './bench.js';
import { inTurn } from './measuring/rounds.js';
import { median } from './measuring/statistics.js';
import type { Figure } from './report/figure.js';

const fileBytes = 13_000;
const source = 'design of the signature engine';

/** One page of text that does not compress, about 13 KB. */
const plainPdf = async (): Promise<Uint8Array> => {
  for (let lines = 40; ; lines += 4) {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.Courier);
    const page = document.addPage();
    for (let line = 0; line < lines; line += 1) {
      page.drawText(randomBytes(60).toString('base64'), { x: 40, y: 800 - line * 7, size: 6, font });
    }
    const bytes = await document.save({ useObjectStreams: false });
    if (bytes.length >= fileBytes) return bytes;
  }
};

/**
 * How often the work is done in a second of processor time, one after the other; all threads of this process counted, so
 * that collecting garbage is paid for. What others do on the machine does not count.
 */
const perSecond = async (seconds: number, work: () => unknown): Promise<number> => {
  const atOnce = 10;
  const before = process.cpuUsage();
  let done = 0;
  for (;;) {
    for (let index = 0; index < atOnce; index += 1) await work();
    done += atOnce;
    const { user, system } = process.cpuUsage(before);
    const spent = (user + system) / 1e6;
    if (spent >= seconds) return done / spent;
  }
};

const bareKey = (keyType: DevelopmentKeyType): KeyObject =>
  keyType === 'P-256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    : generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

export const signaturesBench: Bench = {
  name: 'signatures',
  about:
    'PAdES B-B signing and checking of a 13 KB file on one core, beside SHA-256 and signing of the same bytes by node:crypto',
  async run({ quick }) {
    const [rounds, seconds] = quick ? [1, 0.5] : [3, 1];
    const samples = `${rounds} x ${seconds} s of processor time`;
    const pdf = await plainPdf();
    const now = new Date();
    const pki = await createDevelopmentPki({ now });
    const trustAnchors = [pki.rootCertificate];
    const figures: Figure[] = [];
    for (const [keyType, name, signTarget] of [
      ['RSA-2048', 'RSA-2048', 1_500],
      ['P-256', 'ECDSA P-256', 5_000],
    ] as const) {
      const { signingKey } = await pki.issue(
        { commonName: 'Phạm Quốc Dũng', organization: 'UBND phường Thành Sen', userId: 'lanhdao' },
        { keyType, now },
      );
      const bare = bareKey(keyType);
      const bareSignature = sign('sha256', pdf, bare);
      const barePublic = createPublicKey(bare);
      const signed = await signPdf(pdf, signingKey, { signedAt: now });
      const report = checkSignatures(signed, { trustAnchors, at: now });
      if (report.verdict !== 'VALID')
        throw new Error(`The signature is ${report.verdict}: ${JSON.stringify(report.reasons)}`);

      const sides = {
        signing: () => signPdf(pdf, signingKey, { signedAt: now }),
        bareSigning: () => sign('sha256', pdf, bare),
        checking: () => checkSignatures(signed, { trustAnchors, at: now }),
        bareChecking: () => verify('sha256', pdf, barePublic, bareSignature),
      };
      for (const side of Object.values(sides)) await perSecond(quick ? 0.3 : 1, side);
      const rates = await inTurn<keyof typeof sides, number>(rounds, {
        signing: () => perSecond(seconds, sides.signing),
        bareSigning: () => perSecond(seconds, sides.bareSigning),
        checking: () => perSecond(seconds, sides.checking),
        bareChecking: () => perSecond(seconds, sides.bareChecking),
      });
      figures.push(
        {
          measure: `B-B signatures, ${name}`,
          value: median(rates.signing),
          unit: '/s',
          better: 'higher',
          beside: { name: 'bare SHA-256 and sign', value: median(rates.bareSigning) },
          samples,
          target: { value: signTarget, source },
        },
        {
          measure: `checkSignatures, one signature, ${name}`,
          value: median(rates.checking),
          unit: '/s',
          better: 'higher',
          beside: { name: 'bare SHA-256 and verify', value: median(rates.bareChecking) },
          samples,
          target: { value: 500, source },
        },
      );
    }
    return figures;
  },
};
