import { type ByteSource, readRange } from './byte-source.js';
import type { XrefSection } from './xref.js';

/** One save of the file: the bytes it appended and the objects it wrote. */
export interface PdfRevision {
  /** 0 is the oldest. */
  readonly index: number;
  /** Newest first; two where the file was written linearised, otherwise one. */
  readonly sections: readonly XrefSection[];
  /** Offset after `%%EOF` without its line end; undefined where no `startxref ... %%EOF` follows the section. */
  readonly end: number | undefined;
  /** The same with the line end, when there is one. */
  readonly endWithNewline: number | undefined;
}

/** Groups sections (newest first, as the chain is read) into revisions (oldest first). */
export const toRevisions = (source: ByteSource, sections: readonly XrefSection[]): PdfRevision[] => {
  const groups: XrefSection[][] = [];
  for (const section of [...sections].reverse()) {
    const group = groups.at(-1);
    // A linearised file (ISO 32000-2, Annex F) names its first section from the end: newer in the chain, earlier in the file.
    const isFirstPageSection = groups.length === 1 && group?.[0] !== undefined && section.offset < group[0].offset;
    if (group && isFirstPageSection) group.unshift(section);
    else groups.push([section]);
  }
  return groups.map((group, index) => ({ index, sections: group, ...endOf(source, group) }));
};

const endOf = (source: ByteSource, group: readonly XrefSection[]): Pick<PdfRevision, 'end' | 'endWithNewline'> => {
  const from = Math.max(...group.map(({ end }) => end));
  const text = Buffer.from(readRange(source, from, from + 1024)).toString('latin1');
  const match = /^[\s\S]*?startxref\s+\d{1,15}\s+%%EOF/.exec(text);
  if (!match) return { end: undefined, endWithNewline: undefined };
  const end = from + match[0].length;
  const newline = /^(\r\n|\r|\n)?/.exec(text.slice(match[0].length))?.[0].length ?? 0;
  return { end, endWithNewline: end + newline };
};
