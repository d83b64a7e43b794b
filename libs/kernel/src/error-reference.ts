import type { ErrorDefinition } from './errors/define-errors.js';
import { digitisationErrors } from './errors/digitisation.errors.js';
import { identifierErrors } from './errors/identifiers.errors.js';
import { ingestionErrors } from './errors/ingestion.errors.js';
import { pdfErrors } from './errors/pdf.errors.js';
import { platformErrors } from './errors/platform.errors.js';
import { queueErrors } from './errors/queue.errors.js';
import { recordsErrors } from './errors/records.errors.js';
import { reuseErrors } from './errors/reuse.errors.js';
import { signatureErrors } from './errors/signatures.errors.js';
import { signingErrors } from './errors/signing.errors.js';
import { storageErrors } from './errors/storage.errors.js';
import { markdownTable } from './text/markdown-table.js';

const areas: Readonly<Record<string, Readonly<Record<string, ErrorDefinition>>>> = {
  'Every request': platformErrors,
  'Stored files': storageErrors,
  'Background tasks': queueErrors,
  'Identifiers and codes': identifierErrors,
  'Owners, documents, dossiers': recordsErrors,
  'Scans and reading': digitisationErrors,
  'PDF files': pdfErrors,
  'Signatures and keys': signatureErrors,
  'Ingestion service': ingestionErrors,
  'Signing service': signingErrors,
  'Reuse service': reuseErrors,
};

const headings = ['Code', 'HTTP', 'When', 'English', 'Tiếng Việt'];

/** The text of `libs/kernel/errors.md`. */
export const errorReference = (): string => {
  const sections = Object.entries(areas).map(([area, errors]) => {
    const rows = Object.entries(errors).map(([code, { status, when, en, vi }]) => [
      `\`${code}\``,
      String(status),
      when,
      en,
      vi,
    ]);
    return `## ${area}\n\n${markdownTable([headings, ...rows])}`;
  });
  const introduction = [
    'Every fault that reaches a caller is an `application/problem+json` document (RFC 9457) with one of these codes. Codes are',
    'stable: branch on them, not on the texts. The text comes in Vietnamese, or in English by `Accept-Language`; `{name}` stands for',
    'a member of `params`. A code in `errors[]` is one of these too, written `LIKE_THIS`, where it has a text of its own. Printed from',
    '`libs/kernel/src/errors/`; change it there.',
  ].join('\n');
  return `${['# Errors', introduction, ...sections].join('\n\n')}\n`;
};
