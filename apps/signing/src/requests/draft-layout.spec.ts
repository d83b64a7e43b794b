import { describe, expect, it } from '@jest/globals';
import { degrees, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { settleLayout } from './draft-layout.js';

const options = { sealDiameterMm: 36, now: new Date('2026-11-23T03:00:00Z') };

const draft = async (change: (pdf: PDFDocument) => void = () => undefined): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]);
  pdf.addPage([595, 842]);
  change(pdf);
  return pdf.save({ useObjectStreams: false });
};

describe('the layout of a draft', () => {
  it('is the decree’s where its author says nothing: number on page 1, signature on the last, in its right half', async () => {
    const { pages, numberSlot, signerSlot } = await settleLayout(await draft(), {}, options);
    expect(pages).toBe(2);
    expect(numberSlot).toMatchObject({ page: 1 });
    expect(numberSlot.x).toBeLessThan(595 / 2);
    expect(signerSlot).toMatchObject({ page: 2 });
    expect(signerSlot.x).toBeGreaterThan(595 / 2);
  });

  it('leaves room for the seal on the left of the signature, at its real size (FR-41)', async () => {
    const slot = { page: 1, y: 200, width: 120, height: 80 };
    const pdf = await draft();
    // A third of 120 points is covered, so a seal of 36 mm (102 points) needs 62 more on the left.
    await expect(settleLayout(pdf, { signerSlot: { ...slot, x: 63 } }, options)).resolves.toBeDefined();
    const tooFarLeft = settleLayout(pdf, { signerSlot: { ...slot, x: 61 } }, options);
    await expect(tooFarLeft).rejects.toMatchObject({ code: 'signature-slot-invalid', params: { page: '1' } });
  });

  it('is measured on the page as it is seen, turned or not', async () => {
    const turned = await draft((pdf) => pdf.getPage(0).setRotation(degrees(90)));
    const wide = { page: 1, x: 700, y: 300, width: 120, height: 80 };
    await expect(settleLayout(turned, { signerSlot: wide }, options)).resolves.toBeDefined();
    await expect(settleLayout(await draft(), { signerSlot: wide }, options)).rejects.toMatchObject({
      code: 'signature-slot-invalid',
    });
  });

  const script = (pdf: PDFDocument) => pdf.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') });
  it.each<[string, (pdf: PDFDocument) => void]>([
    ['among its names', (pdf) => pdf.addJavaScript('main', 'app.alert(1)')],
    ['run when it is opened', (pdf) => pdf.catalog.set(PDFName.of('OpenAction'), script(pdf))],
    [
      'run after another action',
      (pdf) => pdf.catalog.set(PDFName.of('OpenAction'), pdf.context.obj({ S: 'Named', Next: [script(pdf)] })),
    ],
    ['run when it is printed', (pdf) => pdf.catalog.set(PDFName.of('AA'), pdf.context.obj({ WP: script(pdf) }))],
    ['of a page', (pdf) => pdf.getPage(1).node.set(PDFName.of('AA'), pdf.context.obj({ O: script(pdf) }))],
    [
      'of what lies on a page',
      (pdf) =>
        pdf
          .getPage(0)
          .node.addAnnot(
            pdf.context.register(
              pdf.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: script(pdf) }),
            ),
          ),
    ],
    [
      'of a form field that is seen nowhere itself',
      (pdf) => {
        const total = pdf.context.obj({ FT: 'Tx', T: PDFString.of('total'), AA: { C: script(pdf) } });
        pdf.catalog.set(PDFName.of('AcroForm'), pdf.context.obj({ Fields: [pdf.context.register(total)] }));
      },
    ],
    [
      'of a bookmark',
      (pdf) => {
        const bookmark = pdf.context.obj({ Title: PDFString.of('x'), A: script(pdf) });
        pdf.catalog.set(PDFName.of('Outlines'), pdf.context.obj({ First: pdf.context.register(bookmark) }));
      },
    ],
    [
      'of a page that the page tree does not count',
      (pdf) => {
        pdf.getPage(1).node.set(PDFName.of('AA'), pdf.context.obj({ O: script(pdf) }));
        pdf.catalog.Pages().set(PDFName.of('Count'), pdf.context.obj(1));
      },
    ],
    [
      'beside a film',
      (pdf) => {
        const rendition = { S: 'Rendition', JS: PDFString.of('app.alert(1)') };
        const screen = { Type: 'Annot', Subtype: 'Screen', Rect: [0, 0, 9, 9], A: rendition };
        pdf.getPage(0).node.addAnnot(pdf.context.register(pdf.context.obj(screen)));
      },
    ],
  ])('refuses a script %s', async (_, change) => {
    await expect(settleLayout(await draft(change), {}, options)).rejects.toMatchObject({ code: 'pdf-javascript' });
  });

  it('allows what is no script: a link, and the page to begin with', async () => {
    const pdf = await draft((document) => {
      document.catalog.set(PDFName.of('OpenAction'), document.context.obj([document.getPage(0).ref, 'Fit']));
      const link = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: { S: 'GoTo', D: 'x' } };
      document.getPage(0).node.addAnnot(document.context.register(document.context.obj(link)));
    });
    await expect(settleLayout(pdf, {}, options)).resolves.toBeDefined();
  });
});
