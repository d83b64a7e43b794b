import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { certificateToPem, createDevelopmentPki, DevelopmentPki } from '#engines/signatures';
import { Settings } from '#platform/config';
import { TransactionRunner } from '#platform/persistence';
import type { KeyHolder } from './key-holder.js';
import { writeSecretFile } from './secret-file.js';

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

  /** A new key for the holder: a PKCS#12 file that opens with `password()`, and its certificate, DER. */
  async issue(holder: KeyHolder): Promise<{ readonly file: Uint8Array; readonly certificate: Uint8Array }> {
    const { pki, password } = await this.open();
    const issued = await pki.issue(
      { commonName: holder.name, organization: holder.organisation ?? holder.name, userId: holder.id },
      // Persons sign with P-256 and agencies with RSA, so that both families of Circular 15/2025 are in daily use.
      { keyType: holder.kind === 'PERSON' ? 'P-256' : 'RSA-2048', now: this.clock.now() },
    );
    return { file: await issued.toPkcs12(password), certificate: issued.signingKey.certificate };
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
    const secrets = await this.transactions.run(async () => {
      await this.transactions.manager.query('SELECT pg_advisory_xact_lock($1)', [creationLock]);
      const existing = await readIfThere(file);
      if (existing !== undefined) return JSON.parse(existing) as DevelopmentSecrets;
      const pki = await createDevelopmentPki({ now: this.clock.now() });
      const made: DevelopmentSecrets = { ...pki.toPem(), password: randomBytes(24).toString('base64url') };
      await writeSecretFile(file, JSON.stringify(made));
      // For people who want their PDF reader to trust the test signatures.
      await writeFile(join(folder, 'root.pem'), certificateToPem(pki.rootCertificate));
      return made;
    });
    return { pki: DevelopmentPki.fromPem(secrets), password: secrets.password };
  }
}

const readIfThere = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
