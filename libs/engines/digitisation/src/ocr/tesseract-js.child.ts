import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import tesseract, { type Worker } from 'tesseract.js';
import { preparePage } from '../preparation/prepare-page.js';
import type { PageRaster, Raster } from '../rendering/page-raster.js';
import { serve } from '../process/serve.js';
import type { OcrPage } from './ocr-engine.port.js';
import { pageOfTsv } from './tesseract-tsv.js';

/** What `tesseract-js.child.ts` can be asked. */
export interface RecogniseRequest {
  readonly page: PageRaster;
  readonly language: 'vie' | 'eng';
}

const lstmOnly = 1;

const worker = async (language: RecogniseRequest['language']): Promise<Worker> => {
  const data = dirname(createRequire(import.meta.url).resolve(`@tesseract.js-data/${language}/package.json`));
  const created = await tesseract.createWorker(language, lstmOnly, {
    // A folder, not an address, and nothing cached: without them the model is fetched from a public server.
    langPath: join(data, '4.0.0_best_int'),
    cacheMethod: 'none',
    gzip: true,
    errorHandler: () => undefined,
  });
  // Page mode 4, a single column of text of varying sizes: it keeps the rows of ruled tables together.
  await created.setParameters({ tessedit_pageseg_mode: tesseract.PSM.SINGLE_COLUMN });
  return created;
};

/** Leptonica reads binary PGM: a header and the pixels as they are. */
const portableGreymap = ({ width, height, pixels }: Raster): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), pixels]);

let ready: Promise<Worker> | undefined;

serve(async ({ page, language }: RecogniseRequest): Promise<OcrPage> => {
  ready ??= worker(language);
  const prepared = preparePage(page);
  const engine = await ready;
  await engine.setParameters({ user_defined_dpi: String(Math.round(page.dpi)) });
  const { data } = await engine.recognize(portableGreymap(prepared), {}, { text: false, tsv: true });
  return pageOfTsv(data.tsv ?? '', prepared.toSource, page.toPage, prepared.skewDegrees);
});
