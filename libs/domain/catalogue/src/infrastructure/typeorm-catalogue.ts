import { Injectable } from '@nestjs/common';
import { type CalendarDate, DomainError, type ErrorCode, ProcedureCode } from '#kernel';
import { type Agency, Catalogue, type DocumentType, type Procedure, type Purpose } from '../catalogue.port.js';
import type { EntryKind, EntryKinds } from '../seeding/catalogue-entry.js';
import { isInForce } from '../version-history.js';
import { CatalogueEntries } from './catalogue-entries.js';

type Registers = { readonly [K in EntryKind]: ReadonlyMap<string, readonly EntryKinds[K][]> };

const unknownCode: { readonly [K in EntryKind]: ErrorCode } = {
  agency: 'agency-unknown',
  procedure: 'procedure-unknown',
  documentType: 'document-type-unknown',
  purpose: 'purpose-not-registered',
};

/** How long another process's seeding may go unnoticed, ms. */
const recheckMs = 5000;

/** The catalogue from memory; read again when the database has a newer seeding. */
@Injectable()
export class TypeormCatalogue extends Catalogue {
  private cached: { readonly version: number; readonly registers: Registers } | undefined;
  private checkedAt = 0;

  constructor(private readonly entries: CatalogueEntries) {
    super();
  }

  agency(code: string, on: CalendarDate): Promise<Agency> {
    return this.one('agency', code, on);
  }

  async procedure(code: string, on: CalendarDate): Promise<Procedure> {
    return this.one('procedure', nationalCode(code, on), on);
  }

  documentType(code: string, on: CalendarDate): Promise<DocumentType> {
    return this.one('documentType', code, on);
  }

  purpose(code: string, on: CalendarDate): Promise<Purpose> {
    return this.one('purpose', code, on);
  }

  agencies(on: CalendarDate): Promise<readonly Agency[]> {
    return this.list('agency', on);
  }

  procedures(on: CalendarDate): Promise<readonly Procedure[]> {
    return this.list('procedure', on);
  }

  documentTypes(on: CalendarDate): Promise<readonly DocumentType[]> {
    return this.list('documentType', on);
  }

  purposes(on: CalendarDate): Promise<readonly Purpose[]> {
    return this.list('purpose', on);
  }

  private async one<K extends EntryKind>(kind: K, code: string, on: CalendarDate): Promise<EntryKinds[K]> {
    const found = (await this.registers())[kind].get(code)?.find((entry) => isInForce(entry, on));
    if (found === undefined) throw new DomainError(unknownCode[kind], { code, on });
    return found;
  }

  private async list<K extends EntryKind>(kind: K, on: CalendarDate): Promise<readonly EntryKinds[K][]> {
    const histories = [...(await this.registers())[kind].values()];
    return histories.flatMap((history) => history.filter((entry) => isInForce(entry, on)));
  }

  // Callers do not wait for each other's reading: it runs in the transaction of each, and one that fails must not fail
  // the others.
  private async registers(): Promise<Registers> {
    if (this.cached && performance.now() - this.checkedAt < recheckMs) return this.cached.registers;
    const version = await this.entries.version();
    if (this.cached?.version !== version) this.cached = { version, registers: await this.read() };
    this.checkedAt = performance.now();
    return this.cached.registers;
  }

  private async read(): Promise<Registers> {
    const registers = {
      agency: new Map<string, Agency[]>(),
      procedure: new Map<string, Procedure[]>(),
      documentType: new Map<string, DocumentType[]>(),
      purpose: new Map<string, Purpose[]>(),
    };
    for (const entry of await this.entries.all()) {
      if (entry.kind === 'agency') add(registers.agency, entry.value);
      else if (entry.kind === 'procedure') add(registers.procedure, entry.value);
      else if (entry.kind === 'documentType') add(registers.documentType, entry.value);
      else add(registers.purpose, entry.value);
    }
    return registers;
  }
}

const add = <T extends { readonly code: string }>(register: Map<string, T[]>, value: T): void => {
  const history = register.get(value.code);
  if (history) history.push(value);
  else register.set(value.code, [value]);
};

const nationalCode = (code: string, on: CalendarDate): string => {
  try {
    return ProcedureCode.parse(code).national;
  } catch (cause) {
    throw new DomainError('procedure-unknown', { code, on }, { cause });
  }
};
