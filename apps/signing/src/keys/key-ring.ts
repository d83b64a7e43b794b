import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, newId, nfc, sha256Hex } from '#kernel';
import { type CertificateName, openPkcs12, readCertificate, type SigningKey } from '#engines/signatures';
import { AuditLog } from '#platform/audit';
import { Settings } from '#platform/config';
import { TransactionRunner } from '#platform/persistence';
import { SigningKeyEntity } from '../infrastructure/signing-key.entity.js';
import { type CertificateReference, SignatureChecker } from '../verifications/signature-checker.js';
import { DevelopmentKeys } from './development-keys.js';
import type { KeyHolder } from './key-holder.js';
import { signTrial } from './sign-trial.js';
import { writeSecretFile } from './secret-file.js';

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
 * The signing keys of persons and agencies. The database knows what their certificates say; the private keys stay in
 * PKCS#12 files in the keys folder (FR-51), and the password of a real one comes with each request and is never kept.
 */
@Injectable()
export class KeyRing {
  /** Opening a file takes long on purpose. That guards no development key, whose password lies beside it. */
  private readonly openDevelopmentKeys = new Map<string, Promise<OpenedKey>>();

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly development: DevelopmentKeys,
    private readonly checker: SignatureChecker,
    private readonly settings: Settings,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the named key, or the holder's newest one that is in date.
   * @throws DomainError `signing-key-not-found`, `signing-password-required`, `pkcs12-password-wrong`, `pkcs12-format-invalid`
   */
  async open(holder: KeyHolder, choice: { readonly keyId?: string; readonly password?: string }): Promise<OpenedKey> {
    const row = choice.keyId ? await this.named(holder, choice.keyId) : await this.newest(holder);
    if (row.source === 'DEVELOPMENT') return this.openDevelopmentKey(row, holder);
    if (choice.password === undefined) throw new DomainError('signing-password-required');
    return this.unlock(row, holder, choice.password);
  }

  /**
   * Opens a key for work that nobody sits in front of. No password of a person is kept anywhere, so only a development
   * key can be opened this way.
   * @throws DomainError `signing-password-required`
   */
  async openUnattended(holder: KeyHolder): Promise<OpenedKey> {
    if (!this.settings.developmentMode) throw new DomainError('signing-password-required');
    return this.openDevelopmentKey(await this.developmentKey(holder), holder);
  }

  /** Newest first. */
  async list(holder: KeyHolder): Promise<KeyDescription[]> {
    return this.repository.find({
      where: { holderKind: holder.kind, holderId: holder.id },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  /** @throws DomainError `signing-key-not-found` */
  async certificateOf(keyId: string): Promise<CertificateReference> {
    const row = await this.repository.findOneBy({ id: keyId });
    if (!row) throw new DomainError('signing-key-not-found');
    return { issuer: row.issuer, serialNumber: row.serialNumber };
  }

  /**
   * Takes in a PKCS#12 file after proving that the password opens it, that its certificate names the holder and that
   * what it signs stands up to a check.
   * @throws DomainError `pkcs12-*`, `signer-mismatch`, `signing-certificate-*`, `signing-algorithm-refused`
   */
  async importPkcs12(holder: KeyHolder, file: Uint8Array, password: string): Promise<KeyDescription> {
    const key = await openPkcs12(file, password);
    const { subject } = readCertificate(key.certificate);
    if (!namesHolder(subject, holder)) {
      throw new DomainError('signer-mismatch', { subject: subject.commonName ?? '?', expected: holder.name });
    }
    await this.checker.assertSound(await signTrial(key, this.clock.now()));
    return this.transactions.run(() => this.add(holder, 'PKCS12', file, key.certificate));
  }

  private async named(holder: KeyHolder, id: string): Promise<SigningKeyEntity> {
    const row = await this.repository.findOneBy({ holderKind: holder.kind, holderId: holder.id, id });
    if (!row) throw new DomainError('signing-key-not-found');
    return row;
  }

  private async newest(holder: KeyHolder): Promise<SigningKeyEntity> {
    const now = this.clock.now();
    const rows = await this.repository.find({
      where: { holderKind: holder.kind, holderId: holder.id },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
    const usable = rows.find((row) => row.validFrom <= now && now <= row.validTo);
    if (usable) return usable;
    if (!this.settings.developmentMode) throw new DomainError('signing-key-not-found');
    return this.developmentKey(holder);
  }

  /** The first signature of a holder makes its key; signatures that start together wait for the one that does. */
  private async developmentKey(holder: KeyHolder): Promise<SigningKeyEntity> {
    const existing = await this.issuedBefore(holder);
    if (existing) return existing;
    return this.transactions.run(async () => {
      await this.transactions.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `signing-key/${holder.kind}/${holder.id}`,
      ]);
      const meanwhile = await this.issuedBefore(holder);
      if (meanwhile) return meanwhile;
      const { file, certificate } = await this.development.issue(holder);
      return this.add(holder, 'DEVELOPMENT', file, certificate);
    });
  }

  private async issuedBefore(holder: KeyHolder): Promise<SigningKeyEntity | undefined> {
    const rows = await this.repository.find({
      where: { holderKind: holder.kind, holderId: holder.id, source: 'DEVELOPMENT' },
      order: { createdAt: 'DESC' },
    });
    const now = this.clock.now();
    return rows.find((row) => row.validFrom <= now && now <= row.validTo);
  }

  private async openDevelopmentKey(row: SigningKeyEntity, holder: KeyHolder): Promise<OpenedKey> {
    const known = this.openDevelopmentKeys.get(row.id);
    if (known) return { ...(await known), holderName: holder.name };
    const opening = this.development.password().then((password) => this.unlock(row, holder, password));
    this.openDevelopmentKeys.set(row.id, opening);
    opening.catch(() => this.openDevelopmentKeys.delete(row.id));
    return opening;
  }

  private async unlock(row: SigningKeyEntity, holder: KeyHolder, password: string): Promise<OpenedKey> {
    const file = await readFile(this.fileOf(row.id)).catch((cause: unknown) => {
      throw new DomainError('signing-key-not-found', {}, { cause });
    });
    const key = await openPkcs12(file, password);
    const certificateSha256 = sha256Hex(key.certificate);
    // A file that was exchanged for another would sign in a name that nobody has looked at.
    if (certificateSha256 !== row.certificateSha256) throw new DomainError('signing-key-not-found');
    return { id: row.id, key, holderName: holder.name, certificateSha256 };
  }

  private async add(
    holder: KeyHolder,
    source: 'DEVELOPMENT' | 'PKCS12',
    file: Uint8Array,
    certificate: Uint8Array,
  ): Promise<SigningKeyEntity> {
    const facts = readCertificate(certificate);
    const { asymmetricKeyType, asymmetricKeyDetails } = facts.x509.publicKey;
    const strength = asymmetricKeyDetails?.modulusLength ?? asymmetricKeyDetails?.namedCurve ?? '';
    const row: SigningKeyEntity = {
      id: newId(),
      holderKind: holder.kind,
      holderId: holder.id,
      source,
      subject: displayName(facts.subject),
      issuer: facts.issuer.text,
      serialNumber: facts.serial,
      certificateSha256: sha256Hex(certificate),
      algorithm: `${asymmetricKeyType ?? ''} ${strength}`.trim(),
      validFrom: facts.notBefore,
      validTo: facts.notAfter,
      createdAt: this.clock.now(),
    };
    // The file first: a row without its file would be a key that cannot be opened.
    await writeSecretFile(this.fileOf(row.id), file);
    await this.repository.insert(row);
    await this.audit.append({
      event: 'signing.key-added',
      outcome: 'success',
      service: 'signing',
      detail: {
        keyId: row.id,
        holderKind: holder.kind,
        holderId: holder.id,
        source,
        certificate: row.certificateSha256,
      },
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

// National certificates carry the personal number in the subject's UID, so the whole subject is not kept.
const displayName = ({ commonName, organization }: CertificateName): string =>
  [commonName, organization].filter((part) => part !== undefined).join(', ');

/** FR-38: the certificate is the holder's when its user id says so, or its common name is the holder's name. */
export function namesHolder(
  subject: { readonly commonName?: string; readonly userId?: string },
  holder: KeyHolder,
): boolean {
  const plain = (text: string): string => nfc(text).replace(/\s+/gu, ' ').trim().toLocaleLowerCase('vi');
  if (subject.userId === holder.id) return true;
  return subject.commonName !== undefined && plain(subject.commonName) === plain(holder.name);
}
