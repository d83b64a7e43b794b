import { PDFArray, PDFDict, PDFDocument, PDFName, PDFStream, type PDFObject } from '@cantoo/pdf-lib';

export interface ActiveContent {
  readonly javaScript: boolean;
  readonly launchActions: boolean;
  readonly embeddedFiles: boolean;
  /** `/Version` of the catalogue, which may raise that of the header. */
  readonly catalogueVersion?: string;
}

const nested = 60;

const nameOf = (dictionary: PDFDict, key: string): string | undefined => {
  const value = dictionary.get(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
};

/**
 * Looks at every object of the file, reachable or not, in object streams or not: a viewer runs JavaScript from page
 * actions, fields and annotations as well as from the name tree that PDFium counts.
 */
const walk = (document: PDFDocument): ActiveContent => {
  let javaScript = false;
  let launchActions = false;
  let embeddedFiles = false;
  const visit = (object: PDFObject | undefined, depth: number): void => {
    if (depth > nested) return;
    if (object instanceof PDFStream) visit(object.dict, depth + 1);
    else if (object instanceof PDFArray) object.asArray().forEach((item) => visit(item, depth + 1));
    else if (object instanceof PDFDict) {
      const action = nameOf(object, 'S');
      javaScript ||= action === 'JavaScript' || object.has(PDFName.of('JS')) || object.has(PDFName.of('JavaScript'));
      launchActions ||= action === 'Launch';
      embeddedFiles ||= object.has(PDFName.of('EF')) || nameOf(object, 'Type') === 'EmbeddedFile';
      object.values().forEach((value) => visit(value, depth + 1));
    }
  };
  for (const [, object] of document.context.enumerateIndirectObjects()) visit(object, 0);
  const catalogueVersion = nameOf(document.catalog, 'Version');
  return { javaScript, launchActions, embeddedFiles, catalogueVersion };
};

/** What can be told of a file whose objects cannot be parsed: the plain words. */
const grep = (bytes: Uint8Array): ActiveContent => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return {
    javaScript: /\/(JavaScript|JS)\b/.test(text),
    launchActions: /\/Launch\b/.test(text),
    embeddedFiles: /\/(EmbeddedFile|EF)\b/.test(text),
  };
};

/** What a PDF carries besides pages (FR-11). */
export const activeContent = async (bytes: Uint8Array): Promise<ActiveContent> => {
  const options = { updateMetadata: false, throwOnInvalidObject: false, warnOnInvalidObjects: false };
  try {
    return walk(await PDFDocument.load(bytes, { ...options, password: '' }));
  } catch {
    // Broken or unusually encrypted objects: PDFium may still open the file, so it is judged by its words.
    return grep(bytes);
  }
};
