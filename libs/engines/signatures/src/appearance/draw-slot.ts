import {
  type Box,
  type IncrementalWriter,
  name,
  type PageGeometry,
  PdfDict,
  type PdfRef,
  PdfStream,
} from '#engines/pdf';
import { baselines } from './place-slot.js';
import type { SignatureImage } from './signature-image.js';
import type { SlotContent } from './signature-slot.js';
import { embedTinos } from './tinos-font.js';

const number = (value: number): string => value.toFixed(3);

const imageObject = (writer: IncrementalWriter, image: SignatureImage): PdfRef => {
  const sampled = (colourSpace: string, data: Uint8Array, mask?: PdfRef): PdfRef =>
    writer.add(
      PdfStream.of(
        new PdfDict([
          ['Type', name('XObject')],
          ['Subtype', name('Image')],
          ['Width', image.width],
          ['Height', image.height],
          ['ColorSpace', name(colourSpace)],
          ['BitsPerComponent', 8],
          ['Filter', name('FlateDecode')],
          ...(mask ? ([['SMask', mask]] as const) : []),
        ]),
        data,
      ),
    );
  return sampled('DeviceRGB', image.colour, sampled('DeviceGray', image.alpha));
};

/** Width and height of an image fitted into a box, keeping its shape. */
export const fitInto = (
  image: SignatureImage,
  box: Pick<Box, 'width' | 'height'>,
): { width: number; height: number } => {
  const scale = Math.min(box.width / image.width, box.height / image.height);
  return { width: image.width * scale, height: image.height * scale };
};

/**
 * Adds the form XObject that shows a signature.
 * @param size of the box as displayed, in points
 */
export const drawSlot = (
  writer: IncrementalWriter,
  content: SlotContent,
  size: Pick<Box, 'width' | 'height'>,
  geometry: PageGeometry,
): PdfRef => {
  const { resources, operators } =
    content.kind === 'TEXT' ? drawText(writer, content, size) : drawImage(writer, content.image, size);
  return writer.add(
    PdfStream.of(
      new PdfDict([
        ['Type', name('XObject')],
        ['Subtype', name('Form')],
        ['BBox', [0, 0, size.width, size.height]],
        ['Matrix', geometry.uprightMatrix],
        ['Resources', resources],
      ]),
      Buffer.from(operators, 'latin1'),
    ),
  );
};

interface Drawing {
  readonly resources: PdfDict;
  readonly operators: string;
}

const drawText = (
  writer: IncrementalWriter,
  { lines, fontSize }: Extract<SlotContent, { kind: 'TEXT' }>,
  size: Pick<Box, 'height'>,
): Drawing => {
  const font = embedTinos(writer, lines.join(''));
  const offsets = baselines(lines, fontSize);
  const shown = lines.map(
    (line, index) => `1 0 0 1 0 ${number(size.height - (offsets[index] ?? 0))} Tm ${font.show(line)} Tj`,
  );
  return {
    resources: new PdfDict([['Font', new PdfDict([['F1', font.ref]])]]),
    operators: `q 0 g BT /F1 ${number(fontSize)} Tf\n${shown.join('\n')}\nET Q`,
  };
};

const drawImage = (writer: IncrementalWriter, image: SignatureImage, size: Pick<Box, 'width' | 'height'>): Drawing => {
  const { width, height } = fitInto(image, size);
  const x = (size.width - width) / 2;
  const y = (size.height - height) / 2;
  return {
    resources: new PdfDict([['XObject', new PdfDict([['Im1', imageObject(writer, image)]])]]),
    operators: `q ${[width, 0, 0, height, x, y].map(number).join(' ')} cm /Im1 Do Q`,
  };
};
