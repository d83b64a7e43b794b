import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { createDevelopmentPki, DevelopmentPki } from '#engines/signatures';
import { Settings } from '#platform/config';
import { TransactionRunner } from '#platform/persistence';
import type { KeyHolder } from './key-holder.js';

interface DevelopmentSecrets {
  readonly certificates: string;
  readonly issuingKey: string;
  /** Opens every PKCS#12 file this PKI issued. */
  readonly password: string;
}

// Any constant no other lock uses: two processes that start together make one PKI.
const creationLock = 7_204_115_201;

/** The development PKI, made at first start and kept in the keys folder; every certificate says TEST. */
@Injectable()
export class DevelopmentKeys {
  private opened: Promise<{ readonly pki: DevelopmentPki; readonly password: string }> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** DER of the root; undefined outside development mode. */
  async root(): Promise<Uint8Array | undefined> {
    return this.settings.developmentMode ? (await this.open()).pki.rootCertificate : undefined;
  }

  async password(): Promise<string> {
    return (await this.open()).password;
  }

  /** @returns a PKCS#12 file that opens with `password()` */
  async issue(holder: KeyHolder): Promise<Uint8Array> {
    const { pki, password } = await this.open();
    const issued = await pki.issue(
      { commonName: holder.name, organization: holder.organisation ?? holder.name, userId: holder.id },
      // Persons sign with P-256 and agencies with RSA, so that both families of Circular 15/2025 are in daily use.
      { keyType: holder.kind === 'PERSON' ? 'P-256' : 'RSA-2048', now: this.clock.now() },
    );
    return issued.toPkcs12(password);
  }

  private open() {
    this.opened ??= this.loadOrCreate().catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async loadOrCreate() {
    const folder = join(this.settings.signingKeysDir, 'development');
    const file = join(folder, 'pki.json');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const secrets = await this.transactions.run(async () => {
      await this.transactions.manager.query('SELECT pg_advisory_xact_lock($1)', [creationLock]);
      const existing = await readFile(file, 'utf8').catch(() => undefined);
      if (existing !== undefined) return JSON.parse(existing) as DevelopmentSecrets;
      const pki = await createDevelopmentPki({ now: this.clock.now() });
      const made: DevelopmentSecrets = { ...pki.toPem(), password: randomBytes(24).toString('base64url') };
      await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
      await writeFile(join(folder, 'root.pem'), made.certificates);
      return made;
    });
    return { pki: DevelopmentPki.fromPem(secrets), password: secrets.password };
  }
}
