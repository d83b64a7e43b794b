import { type FieldValue, Records } from '#domain/records';
import { DocumentNumber, DomainError } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { PossibleDuplicate, Scan } from '../scans/scan.js';

/** Looks for papers on file that may be the same as a scan's (FR-16b), or that bear its number (FR-16c; Decree 30/2020 App. VI). */
@Injectable()
export class FindDuplicates {
  constructor(private readonly records: Records) {}

  async of(
    scan: Pick<Scan, 'documentId' | 'documentTypeCode' | 'ownerId'>,
    fields: readonly FieldValue[],
  ): Promise<readonly PossibleDuplicate[]> {
    const value = (key: string) => fields.find((field) => field.key === key)?.value;
    const number = parsed(value('soKyHieu'));
    const issuingAgencyName = value('coQuanCap');
    if (!number || !issuingAgencyName) return [];
    const sameNumber = await this.records.findSameIdentity({
      typeCode: scan.documentTypeCode,
      ...number,
      issuingAgencyName,
    });
    const issuedOn = value('ngayCap');
    return sameNumber
      .filter((document) => document.id !== scan.documentId)
      .map((document) => ({
        documentId: document.id,
        kind:
          document.issuedOn !== undefined &&
          document.issuedOn === issuedOn &&
          document.owners.some(({ owner }) => owner.id === scan.ownerId)
            ? 'SAME_PAPER'
            : 'SAME_NUMBER',
      }));
  }
}

const parsed = (text: string | undefined): DocumentNumber | undefined => {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    return DocumentNumber.parse(text);
  } catch (error) {
    // A serial such as that of a land-use certificate is kept whole, as the repository does.
    if (error instanceof DomainError) return { number: text.trim(), symbol: '' };
    throw error;
  }
};
