import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { withFiles, withTool } from '../test/outside-judges.js';
import { createTestKeys, signedAt, type TestKeys } from '../test/test-keys.js';
import { checkSignatures, scanSignatureSlot, signPdf } from './index.js';

interface CorpusFile {
  readonly file: string;
  readonly verdict: string;
  readonly mayPass: string;
}

/** Real files with expected verdicts; they are read where they lie and never copied into the repository. */
const corpus = process.env['KHOSO_CORPUS'];

const files: CorpusFile[] = corpus
  ? readFileSync(join(corpus, 'signing', 'INDEX.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .map(([file = '', , verdict = '', mayPass = '']) => ({ file, verdict, mayPass }))
  : [];

/** Why a file of the corpus is refused by the signer; every other one is signed. */
const refused: Readonly<Record<string, string>> = {
  'AD-RB.pdf': 'signing-forbidden-by-document',
  'encrypted.pdf': 'pdf-encrypted',
  'minimal-aes256.pdf': 'pdf-encrypted',
  'pdf-spoofing-attack.pdf': 'pdf-encrypted',
  'pdf-signed-corrupted.pdf': 'pdf-damaged',
  'siwa.pdf': 'pdf-damaged',
  // A page of 300 x 144 points whose top is taken.
  'minimal-two-fields-signed-twice.pdf': 'signature-slot-unavailable',
};

let keys: TestKeys;
beforeAll(async () => {
  keys = await createTestKeys();
});

/** How many signatures pdfsig finds valid; undefined where it is not installed. */
const validCount = (pdf: Uint8Array): number | undefined =>
  withTool('pdfsig', (run) =>
    withFiles({ pdf }, (paths) => {
      try {
        return run('-nocert', paths.pdf).match(/Signature is Valid/g)?.length ?? 0;
      } catch {
        return 0; // pdfsig ends with an error when there is no signature
      }
    }),
  );

if (corpus) {
  describe.each(files)('$file ($verdict)', ({ file, mayPass }) => {
    const pdf = readFileSync(join(corpus, 'signing', file));

    it('is not called VALID when it may not pass, nor INVALID when it may', () => {
      const { verdict, signatures } = checkSignatures(pdf, { trustAnchors: [], at: signedAt });
      if (mayPass === 'no') expect(verdict).not.toBe('VALID');
      else expect(verdict).not.toBe('INVALID');
      for (const signature of signatures) expect(signature.checks.revocation.status).toBe('NOT_CHECKED');
    });

    it('is signed without harm to what it holds, or refused with a code', async () => {
      const slot = scanSignatureSlot({ scannerName: 'Lê Thị Hoa', at: signedAt });
      const outcome = await signPdf(pdf, keys.leader, { signedAt, slot }).catch((error: unknown) => error);
      if (!(outcome instanceof Uint8Array)) {
        expect(outcome instanceof DomainError ? outcome.code : String(outcome)).toBe(refused[file]);
        return;
      }
      expect(refused[file]).toBeUndefined();
      expect(Buffer.from(outcome.subarray(0, pdf.length)).equals(pdf)).toBe(true);
      const before = validCount(pdf);
      if (before !== undefined) expect(validCount(outcome)).toBe(before + 1);
    });
  });
} else {
  it('is looked at only where KHOSO_CORPUS names the folder of real files', () => expect(files).toEqual([]));
}
