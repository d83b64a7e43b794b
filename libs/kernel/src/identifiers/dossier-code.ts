import { isCalendarDate, type CalendarDate, dateParts } from '../calendar/calendar-date.js';
import { DomainError } from '../domain-error.js';

/** FR-10; as Decision 20/2020 writes agencies. */
export const defaultDossierCodeTemplate = '{agency}-{yyMMdd}-{seq:4}';

/** Until 2025 (Circular 01/2018/TT-VPCP Art. 19); such codes still arrive. */
const olderForm = /^\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}-(\d{6})-\d{4}$/;

const placeholder = /\{(agency|yyMMdd|seq:([1-9]))\}/g;

export interface DossierCodeParts {
  /** e.g. `H27.05.12`. */
  readonly agency: string;
  /** Day of reception. */
  readonly date: CalendarDate;
  /** Counts from 1 each day and agency; wider than the template says when it must be. */
  readonly sequence: number;
}

export const DossierCode = {
  /**
   * @param template literal text with `{agency}`, `{yyMMdd}` and `{seq:n}`, n the least number of digits
   * @throws DomainError `dossier-code-template-invalid` unless the template has each of the three once
   */
  format(template: string, parts: DossierCodeParts): string {
    checkTemplate(template);
    dateParts(parts.date);
    return template.replace(placeholder, (_match, name: string, width: string | undefined) => {
      if (name === 'agency') return parts.agency;
      if (name === 'yyMMdd') return parts.date.slice(2).replaceAll('-', '');
      return String(parts.sequence).padStart(Number(width), '0');
    });
  },
};

/** Whether a text is a dossier code of this template, or of the form in use until 2025. The date must exist. */
export const isDossierCode = (text: string, template: string = defaultDossierCodeTemplate): boolean => {
  checkTemplate(template);
  const pattern = template
    .split(/(\{[^}]*\})/)
    .map((part) => {
      if (part === '{agency}') return '[A-Z]\\d{2}(?:\\.[A-Z0-9]+)*';
      if (part === '{yyMMdd}') return '(\\d{6})';
      const width = /^\{seq:([1-9])\}$/.exec(part)?.[1];
      return width === undefined ? part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : `\\d{${width},}`;
    })
    .join('');
  const day = (new RegExp(`^${pattern}$`).exec(text) ?? olderForm.exec(text))?.[1];
  return day !== undefined && isCalendarDate(`20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4, 6)}`);
};

const checkTemplate = (template: string): void => {
  const names = [...template.matchAll(placeholder)].map((match) => match[1]?.replace(/:.*/, '') ?? '');
  const complete = names.length === 3 && new Set(names).size === 3;
  if (!complete || /[{}]/.test(template.replace(placeholder, ''))) {
    throw new DomainError('dossier-code-template-invalid', { template });
  }
};
