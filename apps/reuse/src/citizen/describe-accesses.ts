import { Catalogue } from '#domain/catalogue';
import { Records } from '#domain/records';
import { DomainError, vietnamDate } from '#kernel';
import type { AuditEntry } from '#platform/audit';
import { Injectable } from '@nestjs/common';
import type { AccessDto } from './citizen.dto.js';
import { eventText, legalBasisText, outcomeText, roleText } from './access-wording.js';

/** Puts audit entries into the words a citizen reads: names from the catalogue of the day, no official's name or number. */
@Injectable()
export class DescribeAccesses {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly records: Records,
  ) {}

  async describe(entries: readonly AuditEntry[]): Promise<AccessDto[]> {
    const described: AccessDto[] = [];
    for (const entry of entries) described.push(await this.one(entry));
    return described;
  }

  private async one(entry: AuditEntry): Promise<AccessDto> {
    const on = vietnamDate(entry.at);
    const { agencyCode, procedureCode, purposeCode, documentId, legalBasis } = entry;
    const role = entry.actor?.role;
    return {
      id: entry.id,
      at: entry.at.toISOString(),
      event: entry.event,
      eventText: eventText(entry.event),
      outcome: entry.outcome,
      outcomeText: outcomeText[entry.outcome],
      agency:
        agencyCode === undefined
          ? undefined
          : { code: agencyCode, name: await named(() => this.catalogue.agency(agencyCode, on)) },
      role: role === undefined ? undefined : (roleText[role] ?? role),
      document:
        documentId === undefined ? undefined : { documentId, name: await named(() => this.records.get(documentId)) },
      procedure:
        procedureCode === undefined
          ? undefined
          : { code: procedureCode, name: await named(() => this.catalogue.procedure(procedureCode, on)) },
      dossierCode: entry.dossierCode,
      purpose:
        purposeCode === undefined
          ? undefined
          : {
              code: purposeCode,
              text: await named(async () => ({ name: (await this.catalogue.purpose(purposeCode, on)).text })),
            },
      legalBasis:
        legalBasis === undefined
          ? undefined
          : {
              code: legalBasis,
              text: isLegalBasis(legalBasis) ? legalBasisText[legalBasis] : undefined,
              article: articleOf(entry),
            },
    };
  }
}

/** A refused call may have named things that do not exist; the entry is shown all the same. */
const named = async (find: () => Promise<{ readonly name: string }>): Promise<string | undefined> => {
  try {
    return (await find()).name;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
};

const isLegalBasis = (code: string): code is keyof typeof legalBasisText => Object.hasOwn(legalBasisText, code);

const articleOf = ({ detail }: AuditEntry): string | undefined =>
  typeof detail?.['article'] === 'string' ? detail['article'] : undefined;
