import { isCalendarDate } from '#kernel';
import type { SeedFault } from './catalogue-entry.js';

type Shape = Record<string, unknown>;

/**
 * Reads one object of a seed file member by member. Faults are collected with their place, so that whoever edits the
 * files sees all of them at once; a member that is at fault reads as an empty value of its kind.
 */
export class SeedReader {
  private readonly read = new Set<string>();
  private readonly members: Shape;

  constructor(
    value: unknown,
    readonly place: string,
    private readonly faults: SeedFault[],
  ) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) this.fault('', 'must be an object');
    this.members = isObject ? (value as Shape) : {};
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.missing(name, '');
  }

  optionalText(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.trim() !== '' && value === value.normalize('NFC')) return value;
    this.fault(name, 'must be non-empty text in Unicode NFC');
    return '';
  }

  date(name: string): string {
    return this.optionalDate(name) ?? this.missing(name, '');
  }

  optionalDate(name: string): string | undefined {
    const value = this.optionalText(name);
    if (value !== undefined && !isCalendarDate(value)) this.fault(name, 'must be a date YYYY-MM-DD that exists');
    return value;
  }

  /** Text that a parser of the kernel accepts. */
  code(name: string, accepts: (text: string) => unknown): string {
    const value = this.text(name);
    try {
      if (value !== '') accepts(value);
    } catch {
      this.fault(name, `"${value}" is not a valid code`);
    }
    return value;
  }

  flag(name: string): boolean {
    const value = this.take(name);
    if (typeof value === 'boolean') return value;
    this.fault(name, 'must be true or false');
    return false;
  }

  oneOf<T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    return this.optionalOneOf(name, allowed) ?? this.missing(name, allowed[0]);
  }

  optionalOneOf<T extends string>(name: string, allowed: readonly [T, ...T[]]): T | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) this.fault(name, `must be one of ${allowed.join(', ')}`);
    return found ?? allowed[0];
  }

  optionalWhole(name: string): number | undefined {
    const value = this.take(name);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    this.fault(name, 'must be a whole number above zero');
    return undefined;
  }

  whole(name: string): number {
    return this.optionalWhole(name) ?? this.missing(name, 0);
  }

  texts(name: string): string[] {
    return this.list(name, (value, place) => {
      if (typeof value === 'string' && value !== '') return value;
      this.faults.push({ place, problem: 'must be non-empty text' });
      return '';
    });
  }

  objects<T>(name: string, read: (reader: SeedReader) => T): T[] {
    return this.list(name, (value, place) => readObject(value, place, this.faults, read));
  }

  object<T>(name: string, read: (reader: SeedReader) => T): T {
    return readObject(this.take(name), this.at(name), this.faults, read);
  }

  list<T>(name: string, read: (value: unknown, place: string) => T): T[] {
    const value = this.take(name);
    if (Array.isArray(value)) return value.map((item: unknown, index) => read(item, `${this.at(name)}/${index}`));
    this.fault(name, 'must be a list');
    return [];
  }

  fault(name: string, problem: string): void {
    this.faults.push({ place: this.at(name), problem });
  }

  /** A misspelt optional member would otherwise be lost in silence. */
  finish(): void {
    for (const name of Object.keys(this.members)) if (!this.read.has(name)) this.fault(name, 'is not a known member');
  }

  private at(name: string): string {
    return name === '' ? this.place : `${this.place}/${name}`;
  }

  private take(name: string): unknown {
    this.read.add(name);
    return this.members[name];
  }

  private missing<T>(name: string, instead: T): T {
    if (this.members[name] === undefined) this.fault(name, 'is missing');
    return instead;
  }
}

export const readObject = <T>(
  value: unknown,
  place: string,
  faults: SeedFault[],
  read: (reader: SeedReader) => T,
): T => {
  const reader = new SeedReader(value, place, faults);
  const result = read(reader);
  reader.finish();
  return result;
};
