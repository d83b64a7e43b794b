/** Object bodies by number; number 1 is the catalog. */
export type HandwrittenObjects = Readonly<Record<number, string>>;

/** A stream object without filters. */
export const stream = (data: string, entries = ''): string =>
  `<</Length ${data.length} ${entries}>>\nstream\n${data}\nendstream`;

/** One page, A4, with a line of text. */
export const onePage = (pageEntries = '/MediaBox [0 0 595 842]'): HandwrittenObjects => ({
  1: '<</Type /Catalog /Pages 2 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  3: `<</Type /Page /Parent 2 0 R ${pageEntries} /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>`,
  4: stream('BT /F1 14 Tf 100 400 Td (original content) Tj ET'),
  5: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
});

const table = (offsets: ReadonlyMap<number, number>): string =>
  [...offsets]
    .sort(([a], [b]) => a - b)
    .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`)
    .join('');

/** A file with a classic cross-reference table, written by hand so that every byte of it is known. */
export const handwrittenPdf = (objects: HandwrittenObjects, trailerEntries = ''): Buffer => {
  let text = '%PDF-1.7\n';
  const offsets = new Map<number, number>();
  for (const [number, body] of Object.entries(objects)) {
    offsets.set(Number(number), text.length);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const size = Math.max(...offsets.keys()) + 1;
  const xref = text.length;
  text += `xref\n0 1\n0000000000 65535 f \n${table(offsets)}`;
  text += `trailer\n<</Size ${size} /Root 1 0 R ${trailerEntries}>>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
};

/** Appends a revision that replaces or adds objects, as an editor or an attacker would. */
export const appendRevision = (pdf: Uint8Array, objects: HandwrittenObjects, trailerEntries = ''): Buffer => {
  const before = Buffer.from(pdf);
  const text = before.toString('latin1');
  const previous = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]);
  const offsets = new Map<number, number>();
  let added = '';
  for (const [number, body] of Object.entries(objects)) {
    offsets.set(Number(number), before.length + added.length);
    added += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const xref = before.length + added.length;
  const size =
    Math.max(...offsets.keys(), ...[...text.matchAll(/\/Size (\d+)/g)].map((match) => Number(match[1]) - 1)) + 1;
  added += `xref\n${table(offsets)}trailer\n<</Size ${size} /Root 1 0 R /Prev ${previous} ${trailerEntries}>>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.concat([before, Buffer.from(added, 'latin1')]);
};
