import { inspectImage } from '../inspection/inspect-image.js';
import { inspectPdf } from '../inspection/inspect-pdf.js';
import { writePdf } from '../output/write-pdf.js';
import { drawPage } from '../rendering/draw-page.js';
import { textLayer } from '../rendering/text-layer.js';
import type { DocumentRequest } from './document-child.js';
import { serve } from './serve.js';

serve(async (request: DocumentRequest): Promise<unknown> => {
  switch (request.operation) {
    case 'inspect':
      return request.type === 'PDF'
        ? inspectPdf(request.path, request.bytes, request.limits)
        : inspectImage(request.path, request.bytes, request.type, request.limits);
    case 'render':
      return drawPage(request.path, request.page, request.dpi);
    case 'text':
      return textLayer(request.path, request.page);
    case 'convert':
      return writePdf(request.path, request.type, request.pages, request.outPath);
  }
});
