import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { dpiForReading, inspectFile, renderPage, TesseractJsEngine } from '#engines/digitisation';
import tesseract from 'tesseract.js';
import type { Bench } from './bench.js';
import { inTurn, secondsOf } from './measuring/rounds.js';
import { median } from './measuring/statistics.js';

const sample = 'config/samples/giay-khai-sinh.jpg';
const limits = { maxBytes: 2 ** 25, maxPages: 10, maxPixels: 268e6, timeoutMs: 120_000, memoryMb: 1536 };

export const ocrBench: Bench = {
  name: 'ocr',
  about: 'a sample page rendered, prepared and read by one worker, beside tesseract.js on the same picture as it is',
  async run(workshop) {
    const inspection = await inspectFile(sample, limits);
    const [first] = inspection.pages;
    if (!first) throw new Error(`${sample} has no page`);
    const dpi = dpiForReading(first);
    const engine = new TesseractJsEngine({ workers: 1 });
    workshop.onClose(() => engine.close());
    const langPath = join(
      dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/vie/package.json')),
      '4.0.0_best_int',
    );
    const bare = await tesseract.createWorker('vie', tesseract.OEM.LSTM_ONLY, {
      langPath,
      cacheMethod: 'none',
      gzip: true,
    });
    try {
      const read = async () => engine.recognise(await renderPage(sample, 1, dpi));
      await read();
      await bare.recognize(sample);
      const rounds = workshop.quick ? 1 : 3;
      const { product, peer } = await inTurn<'product' | 'peer', number>(rounds, {
        product: () => secondsOf(read),
        peer: () => secondsOf(() => bare.recognize(sample)),
      });
      return [
        {
          measure: `a page at ${Math.round(dpi)} dpi, rendering included`,
          value: median(product),
          unit: 's',
          better: 'lower',
          beside: { name: 'bare tesseract.js, same model', value: median(peer) },
          samples: `${rounds} pages after one`,
        },
      ];
    } finally {
      await bare.terminate();
      await engine.close();
    }
  },
};
