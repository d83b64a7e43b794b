import { Injectable } from '@nestjs/common';
import { IdentifierProtection } from '#platform/persistence';
import type { FieldValue } from '../records.port.js';

/** What of a document is encrypted as one: any of it may be or hold a personal number. */
export interface DocumentContent {
  readonly number?: string;
  readonly symbol?: string;
  readonly fields: readonly FieldValue[];
}

/** JSON that is stored encrypted. */
@Injectable()
export class SealedJson {
  constructor(private readonly protection: IdentifierProtection) {}

  seal(value: unknown): Buffer {
    return this.protection.encrypt(JSON.stringify(value));
  }

  /** The value as it was sealed, `absent` when nothing was. The caller names the type it sealed. */
  open<T>(sealed: Buffer | null, absent: T): T {
    return sealed === null ? absent : (JSON.parse(this.protection.decrypt(sealed)) as T);
  }
}
