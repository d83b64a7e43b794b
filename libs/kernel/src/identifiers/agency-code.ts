import { DomainError } from '../domain-error.js';

const current = /^[A-Z]\d{2}(\.[A-Z0-9]+)*$/;
const legacy = /^(\d{3})\.(\d{2})\.(\d{2})\.([A-Y]\d{2})$/;
const maxLength = 35;

/** Agency identifier of Decision 20/2020/QĐ-TTg: highest level first, `H27.05.12`. */
export class AgencyCode {
  private constructor(
    readonly value: string,
    /** Level by level: `['H27', '05', '12']`. */
    readonly parts: readonly string[],
  ) {}

  /** @throws DomainError `agency-code-invalid` */
  static parse(text: string): AgencyCode {
    if (text.length > maxLength || !current.test(text)) throw invalid(text);
    return new AgencyCode(text, text.split('.'));
  }

  /**
   * Reads the older, reversed form of QCVN 102:2016: `000.17.22.H56` is `H56.22.17`, `000.00.06.H56` is `H56.06`
   * (FR-06). Zero parts are empty levels; one above a filled level is refused, for it would name another agency after
   * being dropped.
   *
   * @throws DomainError `agency-code-invalid`
   */
  static fromLegacy(text: string): AgencyCode {
    const match = legacy.exec(text);
    if (!match) throw invalid(text);
    const levels = [match[4] ?? '', match[3] ?? '', match[2] ?? '', match[1] ?? ''];
    const filled = levels.filter((level) => !/^0+$/.test(level));
    if (filled.some((level, index) => level !== levels[index])) throw invalid(text);
    return AgencyCode.parse(filled.join('.'));
  }

  /**
   * The older form, four parts: `H56.22.17` is `000.17.22.H56`.
   *
   * @throws DomainError `agency-code-invalid` when the code has levels the older form has no room for
   */
  toLegacy(): string {
    const [top = '', second = '00', third = '00', fourth = '000', ...more] = this.parts;
    const text = [fourth, third, second, top].join('.');
    if (more.length > 0 || !legacy.test(text)) throw invalid(this.value);
    return text;
  }
}

const invalid = (value: string): DomainError => new DomainError('agency-code-invalid', { value });
