import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, it } from '@jest/globals';
import { createDevelopmentPki, openPkcs12, scanSignatureSlot, signPdf } from './index.js';

it.each([true, false])('signs', async (useObjectStreams) => {
  const doc = await PDFDocument.create();
  doc.addPage([595, 842]);
  doc.addPage([595, 842]);
  let pdf: Uint8Array = await doc.save({ useObjectStreams });
  const now = new Date();
  const pki = await createDevelopmentPki({ now });
  writeFileSync('/tmp/s/root.pem', pki.toPem().certificates);
  const rsa = await pki.issue(
    { commonName: 'Lê Thị Hoa', organization: 'UBND phường Thành Sen', userId: 'canbo' },
    { keyType: 'RSA-2048', now },
  );
  const p12 = await rsa.toPkcs12('mật khẩu');
  writeFileSync('/tmp/s/k.p12', p12);
  const key = await openPkcs12(p12, 'mật khẩu');
  await expect(openPkcs12(p12, 'x')).rejects.toMatchObject({ code: 'pkcs12-password-wrong' });
  pdf = await signPdf(pdf, key, { signedAt: now, slot: scanSignatureSlot({ scannerName: 'Lê Thị Hoa', at: now }) });
  const ec = await pki.issue(
    { commonName: 'UBND', organization: 'UBND phường Thành Sen', userId: 'H27' },
    { keyType: 'P-256', now },
  );
  pdf = await signPdf(pdf, ec.signingKey, {
    signedAt: now,
    slot: scanSignatureSlot({ scannerName: 'Lê Thị Hoa', at: now }),
  });
  writeFileSync(`/tmp/s/a-${useObjectStreams}.pdf`, pdf);
  console.log(
    execFileSync('pdfsig', ['-nocert', `/tmp/s/a-${useObjectStreams}.pdf`]).toString(),
    execFileSync('qpdf', ['--check', `/tmp/s/a-${useObjectStreams}.pdf`]).toString(),
  );
});
