import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { it } from '@jest/globals';
import { checkSignatures, createDevelopmentPki, signPdf, scanSignatureSlot } from './index.js';
it('corpus', async () => {
  const now = new Date();
  const pki = await createDevelopmentPki({ now });
  const { signingKey } = await pki.issue(
    { commonName: 'Lê Thị Hoa', organization: 'UBND phường Thành Sen', userId: 'canbo' },
    { keyType: 'P-256', now },
  );
  const out: string[] = [];
  for (const line of readFileSync('/work/shared/corpus/signing/INDEX.tsv', 'utf8').trim().split('\n').slice(1)) {
    const [file, , verdict, pass] = line.split('\t');
    const pdf = readFileSync(`/work/shared/corpus/signing/${file}`);
    const r = checkSignatures(pdf, { trustAnchors: [], at: now });
    let signed = '';
    try {
      const s = await signPdf(pdf, signingKey, {
        signedAt: now,
        slot: scanSignatureSlot({ scannerName: 'Lê Thị Hoa', at: now }),
      });
      writeFileSync(`/tmp/s/corpus-${file}`, s);
      const r2 = checkSignatures(s, { trustAnchors: [pki.rootCertificate], at: now });
      signed =
        'signed ' +
        r2.signatures
          .map((x) => x.verdict + ':' + x.reasons.map((y) => y.key) + ' later ' + x.coverage.laterRevisions)
          .join(' | ');
    } catch (e) {
      signed =
        'refused ' +
        (e as { code?: string }).code +
        ' ' +
        JSON.stringify((e as { params?: object }).params) +
        ((e as { code?: string }).code ? '' : (e as Error).stack);
    }
    out.push(
      `${file} [${verdict} ${pass}] -> ${r.verdict} ${r.reasons.map((x) => x.key)} | ${r.signatures
        .map(
          (s) =>
            s.verdict +
            '(' +
            Object.entries(s.checks)
              .filter(([, c]) => c.status === 'FAILED' || c.status === 'INDETERMINATE')
              .map(([k, c]) => k + ':' + c.reason?.key) +
            ')',
        )
        .join(' ')}\n      ${signed}`,
    );
  }
  writeFileSync('/tmp/s/corpus.txt', out.join('\n'));
});
