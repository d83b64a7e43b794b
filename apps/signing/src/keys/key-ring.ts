import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId, nfc, sha256Hex } from '#kernel';
import { openPkcs12, readCertificate, type SigningKey } from '#engines/signatures';
import { AuditLog } from '#platform/audit';
import { Settings } from '#platform/config';
import { TransactionRunner } from '#platform/persistence';
import { SigningKeyEntity } from '../infrastructure/signing-key.entity.js';
import { DevelopmentKeys } from './development-keys.js';
import type { KeyHolder } from './key-holder.js';
import type { CertificateReference } from '../verifications/signature-checker.js';

/** A key that is open for one signature. */
export interface OpenedKey {
  readonly id: string;
  readonly key: SigningKey;
  readonly holderName: string;
  /** SHA-256 of the signer's certificate, hexadecimal. */
  readonly certificateSha256: string;
}

export interface KeyDescription {
  readonly id: string;
  readonly source: 'DEVELOPMENT' | 'PKCS12';
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly algorithm: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/**
 * The signing keys of persons and agencies. The database knows certificates; the private keys stay in PKCS#12 files in
 * the keys folder (FR-51), and the password of a real one comes with each request and is never kept.
 */
@Injectable()
export class KeyRing {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly development: DevelopmentKeys,
    private readonly settings: Settings,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the named key, or the holder's newest one that is in date.
   * @throws DomainError `signing-key-not-found`, `signing-password-required`, `pkcs12-password-wrong`, `pkcs12-format-invalid`
   */
  async open(holder: KeyHolder, choice: { readonly keyId?: string; readonly password?: string }): Promise<OpenedKey> {
    const row = await this.find(holder, choice.keyId);
    const password = row.source === 'DEVELOPMENT' ? await this.development.password() : choice.password;
    if (password === undefined) throw new DomainError('signing-password-required');
    const key = await openPkcs12(await readFile(this.fileOf(row.id)), password);
    return { id: row.id, key, holderName: holder.name, certificateSha256: sha256Hex(key.certificate) };
  }

  /** @throws DomainError `signing-key-not-found` */
  async certificateOf(keyId: string): Promise<CertificateReference> {
    const row = await this.repository.findOneBy({ id: keyId });
    if (!row) throw new DomainError('signing-key-not-found');
    return { issuer: row.issuer, serialNumber: row.serialNumber };
  }

  /** Newest first. */
  async list(holder: KeyHolder): Promise<KeyDescription[]> {
    return this.repository.find({
      where: { holderKind: holder.kind, holderId: holder.id },
      order: { createdAt: 'DESC' },
    });
  }

  /**
   * Takes in a PKCS#12 file after proving that the password opens it and that its certificate names the holder.
   * @throws DomainError `pkcs12-*`, `signer-mismatch`, `signing-certificate-*`
   */
  async importPkcs12(holder: KeyHolder, file: Uint8Array, password: string): Promise<KeyDescription> {
    const { certificate } = await openPkcs12(file, password);
    const { subject } = readCertificate(certificate);
    if (!namesHolder(subject, holder)) {
      throw new DomainError('signer-mismatch', { subject: subject.commonName ?? subject.text, expected: holder.name });
    }
    return this.add(holder, 'PKCS12', file, certificate);
  }

  private async find(holder: KeyHolder, keyId?: string): Promise<SigningKeyEntity> {
    const owned = { holderKind: holder.kind, holderId: holder.id };
    if (keyId) {
      const named = await this.repository.findOneBy({ ...owned, id: keyId });
      if (!named) throw new DomainError('signing-key-not-found');
      return named;
    }
    const now = this.clock.now();
    const rows = await this.repository.find({ where: owned, order: { createdAt: 'DESC' } });
    const usable = rows.find((row) => row.validFrom <= now && now <= row.validTo);
    if (usable) return usable;
    if (!this.settings.developmentMode) throw new DomainError('signing-key-not-found');
    return this.issueDevelopmentKey(holder);
  }

  /** The first signature of a holder makes its key; signatures that start together wait for the one that does. */
  private async issueDevelopmentKey(holder: KeyHolder): Promise<SigningKeyEntity> {
    return this.transactions.run(async () => {
      await this.transactions.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `signing-key/${holder.kind}/${holder.id}`,
      ]);
      const issued = await this.repository.findOneBy({
        holderKind: holder.kind,
        holderId: holder.id,
        source: 'DEVELOPMENT',
      });
      if (issued && this.clock.now() <= issued.validTo) return issued;
      const file = await this.development.issue(holder);
      const { certificate } = await openPkcs12(file, await this.development.password());
      return this.add(holder, 'DEVELOPMENT', file, certificate);
    });
  }

  private async add(
    holder: KeyHolder,
    source: 'DEVELOPMENT' | 'PKCS12',
    file: Uint8Array,
    certificate: Uint8Array,
  ): Promise<SigningKeyEntity> {
    const facts = readCertificate(certificate);
    const { asymmetricKeyType, asymmetricKeyDetails } = facts.x509.publicKey;
    const row: SigningKeyEntity = {
      id: newId(),
      holderKind: holder.kind,
      holderId: holder.id,
      source,
      subject: facts.subject.text,
      issuer: facts.issuer.text,
      serialNumber: facts.serial,
      algorithm:
        `${asymmetricKeyType ?? ''} ${asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve ?? ''}`.trim(),
      validFrom: facts.notBefore,
      validTo: facts.notAfter,
      certificate: Buffer.from(certificate),
      createdAt: this.clock.now(),
    };
    await mkdir(this.settings.signingKeysDir, { recursive: true, mode: 0o700 });
    // The file first: a row without its file would be a key that cannot be opened.
    await writeFile(this.fileOf(row.id), file, { mode: 0o600, flag: 'wx' });
    await this.repository.insert(row);
    await this.audit.append({
      event: 'signing.key-added',
      outcome: 'success',
      service: 'signing',
      detail: { keyId: row.id, holderKind: holder.kind, holderId: holder.id, source, serialNumber: row.serialNumber },
    });
    return row;
  }

  private fileOf(id: string): string {
    return join(this.settings.signingKeysDir, `${id}.p12`);
  }

  private get repository() {
    return this.transactions.manager.getRepository(SigningKeyEntity);
  }
}

/** FR-38: the certificate is the holder's when its user id says so, or its common name is the holder's name. */
export function namesHolder(
  subject: { readonly commonName?: string; readonly userId?: string },
  holder: KeyHolder,
): boolean {
  const plain = (text: string): string => nfc(text).replace(/\s+/gu, ' ').trim().toLocaleLowerCase('vi');
  if (subject.userId === holder.id) return true;
  return subject.commonName !== undefined && plain(subject.commonName) === plain(holder.name);
}
