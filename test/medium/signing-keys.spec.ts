import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { isAsked, openssl, verifyWithOpenssl } from './signing-judges.js';
import { captureOutput } from './signing-output.js';
import { emptyDraft, type Signing, startSigning } from './signing-service.js';

// Key files must come from elsewhere than from our own code to prove anything.
const describeWithOpenssl = (await isAsked('openssl')) ? describe : describe.skip;

const password = 'Mat-Khau-Rieng-7';
let output: ReturnType<typeof captureOutput>;
let signing: Signing;
let folder: string;
const file = (name: string): string => join(folder, name);

/** A certificate made by OpenSSL, as a PKCS#12 file. */
const issue = async (
  name: string,
  options: { key: 'rsa' | 'ec'; subject: string; issuer?: string; usage?: string },
): Promise<Buffer> => {
  const newKey = options.key === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  await openssl(
    ...['req', '-x509', '-utf8', '-nodes', '-days', '30', '-newkey', ...newKey, '-subj', options.subject],
    ...['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)],
    ...['-addext', options.usage ?? 'keyUsage=critical,digitalSignature,nonRepudiation'],
    ...(options.issuer ? ['-CA', file(`${options.issuer}.pem`), '-CAkey', file(`${options.issuer}.key`)] : []),
    ...(options.issuer ? ['-addext', 'basicConstraints=critical,CA:false'] : []),
  );
  await openssl(
    ...['pkcs12', '-export', '-inkey', file(`${name}.key`), '-in', file(`${name}.pem`)],
    ...['-out', file(`${name}.p12`), '-passout', `pass:${password}`],
  );
  return readFile(file(`${name}.p12`));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khoso-keys-'));
  await issue('root', {
    key: 'ec',
    subject: '/C=VN/CN=Gốc thử nghiệm',
    usage: 'keyUsage=critical,keyCertSign,cRLSign',
  });
  output = captureOutput();
  signing = await startSigning([await readFile(file('root.pem'), 'utf8')], { LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  await signing.stop();
  output.release();
  await rm(folder, { recursive: true, force: true });
});

const bring = (p12: Uint8Array, fields: Partial<{ holder: string; password: string }> = {}) =>
  signing.signer.upload('/keys', { holder: 'PERSON', password, ...fields }, p12);

describeWithOpenssl('a key brought as a PKCS#12 file', () => {
  it.each([
    ['RSA', 'rsa', (): string => '/C=VN/O=UBND phường Thành Sen/CN=Phạm Quốc Dũng', 'rsa 2048'],
    // The national certificates name the person by an identifier; then the common name need not be the account's.
    ['EC', 'ec', (): string => `/C=VN/CN=Dũng P.Q./UID=${signing.signer.id}`, 'ec prime256v1'],
  ] as const)('signs, %s', async (name, key, subject, algorithm) => {
    const added = await bring(await issue(name, { key, subject: subject(), issuer: 'root' }));
    expect(added.status).toBe(201);
    expect(added.json).toMatchObject({ source: 'PKCS12', algorithm });
    const keyId = String(added.at('id'));
    expect((await signing.signer.get('/keys')).at('keys.0.id')).toBe(keyId);

    const id = String((await signing.draft(await emptyDraft())).at('id'));
    const withoutPassword = await signing.signer.post(`/requests/${id}/signature`, { keyId });
    expect([withoutPassword.status, withoutPassword.at('code')]).toEqual([422, 'signing-password-required']);
    const wrong = await signing.signer.post(`/requests/${id}/signature`, { keyId, password: 'sai' });
    expect([wrong.status, wrong.at('code')]).toEqual([422, 'pkcs12-password-wrong']);
    const signed = await signing.signer.post(`/requests/${id}/signature`, { keyId, password });
    expect(signed.json).toMatchObject({ state: 'WAITING_SEAL' });
    const { bytes } = await signing.signer.get(`/requests/${id}/content`);
    expect(await verifyWithOpenssl(bytes, file('root.pem'))).toBe(1);
    expect((await signing.clerk.post(`/requests/${id}/agency-signature`)).json).toMatchObject({ state: 'SEALED' });
  });

  it('is refused with the wrong password', async () => {
    const refused = await bring(await readFile(file('RSA.p12')), { password: 'sai' });
    expect([refused.status, refused.at('code')]).toEqual([422, 'pkcs12-password-wrong']);
  });

  it('is refused when it names somebody else (FR-38)', async () => {
    const p12 = await issue('other', { key: 'ec', subject: '/CN=Nguyễn Văn Khác', issuer: 'root' });
    const refused = await bring(p12);
    expect([refused.status, refused.at('code')]).toEqual([422, 'signer-mismatch']);
  });

  it('is refused when it leads to no trusted root, however it is named (FR-50)', async () => {
    const p12 = await issue('self-made', { key: 'ec', subject: '/CN=Phạm Quốc Dũng' });
    const refused = await bring(p12);
    expect([refused.status, refused.at('code')]).toEqual([422, 'signing-certificate-untrusted']);
  });

  it('is refused when it was not issued for signing (FR-50)', async () => {
    const usage = 'keyUsage=critical,keyEncipherment';
    const p12 = await issue('enciphering', { key: 'rsa', subject: '/CN=Phạm Quốc Dũng', issuer: 'root', usage });
    const refused = await bring(p12);
    expect([refused.status, refused.at('code')]).toEqual([422, 'signing-certificate-usage']);
  });

  it('is refused when it is no such file, and for the agency unless a clerk brings it', async () => {
    const garbage = await bring(Buffer.from('không phải tệp khóa'));
    expect([garbage.status, garbage.at('code')]).toEqual([422, 'pkcs12-format-invalid']);
    const agency = await bring(await readFile(file('RSA.p12')), { holder: 'AGENCY' });
    expect([agency.status, agency.at('code')]).toEqual([403, 'permission-denied']);
  });

  it('of somebody else cannot be used', async () => {
    const [key] = await signing.sql(`SELECT id FROM signing.signing_key WHERE holder_kind = 'AGENCY'`);
    expect(key).toBeDefined();
    const id = String((await signing.draft(await emptyDraft())).at('id'));
    const refused = await signing.signer.post(`/requests/${id}/signature`, { keyId: key?.['id'] });
    expect([refused.status, refused.at('code')]).toEqual([422, 'signing-key-not-found']);
  });
});

describeWithOpenssl('what is kept of a key (FR-51)', () => {
  it('is a file that only its owner reads, and nothing of it in the database', async () => {
    const keys = join(signing.dataDir, 'keys');
    const files = (await readdir(keys)).filter((name) => name.endsWith('.p12'));
    // Two that were brought, one that development made for the agency.
    expect(files).toHaveLength(3);
    for (const name of files) expect((await stat(join(keys, name))).mode & 0o777).toBe(0o600);
    const pki = join(keys, 'development/pki.json');
    expect((await stat(pki)).mode & 0o777).toBe(0o600);

    const rows = await signing.sql('SELECT row_to_json(k)::text AS text FROM signing.signing_key k');
    const entries = await signing.sql('SELECT row_to_json(e)::text AS text FROM audit.entry e');
    const requests = await signing.sql('SELECT row_to_json(r)::text AS text FROM signing.signing_request r');
    const everything = [...rows, ...entries, ...requests].map(({ text }) => text).join();
    const { issuingKey, password: developmentPassword } = JSON.parse(await readFile(pki, 'utf8')) as Record<
      string,
      string
    >;
    for (const secret of [
      password,
      String(developmentPassword),
      String(issuingKey).split('\n')[1] ?? '',
      'PRIVATE KEY',
    ]) {
      expect(everything).not.toContain(secret);
    }
  });

  it('is written into the log when it is added', async () => {
    const entries = await signing.audit('signing.key-added');
    expect(entries.length).toBeGreaterThanOrEqual(2);
    expect(entries.every(({ outcome }) => outcome === 'success')).toBe(true);
  });
});

describeWithOpenssl('the image of a signature (FR-40)', () => {
  const png = (alpha: number): Sharp =>
    sharp({ create: { width: 60, height: 60, channels: 4, background: { r: 20, g: 40, b: 200, alpha } } });
  const put = (image: Uint8Array) => signing.signer.upload('/signature-images/person', {}, image, { method: 'PUT' });

  it('is a PNG with a transparent background', async () => {
    const ink = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#1c3fae' } })
      .png()
      .toBuffer();
    const image = await png(0)
      .composite([{ input: ink }])
      .png()
      .toBuffer();
    expect((await put(image)).status).toBe(204);
    expect(await signing.audit('signing.signature-image-changed')).toHaveLength(1);
    const id = String((await signing.draft(await emptyDraft())).at('id'));
    const keyId = (await signing.signer.get('/keys')).at('keys.0.id');
    expect((await signing.signer.post(`/requests/${id}/signature`, { keyId, password })).at('state')).toBe(
      'WAITING_SEAL',
    );
  });

  it.each([
    ['without transparency', () => png(1).removeAlpha().png().toBuffer(), 'signature-image-not-transparent'],
    ['with nothing transparent in it', () => png(1).png().toBuffer(), 'signature-image-not-transparent'],
    ['a JPEG', () => png(1).jpeg().toBuffer(), 'signature-image-not-png'],
  ])('is refused %s', async (_, image, code) => {
    const refused = await put(await image());
    expect([refused.status, refused.at('code')]).toEqual([422, code]);
  });

  it('of the agency is no business of the signer', async () => {
    const refused = await signing.signer.upload('/signature-images/agency', {}, await png(0).png().toBuffer(), {
      method: 'PUT',
    });
    expect(refused.status).toBe(403);
  });
});

describeWithOpenssl('the key of the agency, brought as a PKCS#12 file', () => {
  let keyId: string;

  beforeAll(async () => {
    const p12 = await issue('agency', {
      key: 'rsa',
      subject: '/C=VN/CN=Ủy ban nhân dân phường Thành Sen',
      issuer: 'root',
    });
    const added = await signing.clerk.upload('/keys', { holder: 'AGENCY', password }, p12);
    keyId = String(added.at('id'));
  });

  it('seals a document and signs its attachment with the password of its holder, and not without (FR-42)', async () => {
    const id = String((await signing.draft(await emptyDraft())).at('id'));
    await signing.signer.post(`/requests/${id}/signature`, { password });
    const sealed = await signing.clerk.post(`/requests/${id}/agency-signature`, { keyId, password });
    expect(sealed.json).toMatchObject({ state: 'SEALED' });

    const attach = async (fields: Record<string, string>) =>
      signing.clerk.upload(`/requests/${id}/attachments`, { title: 'Phụ lục', keyId, ...fields }, await emptyDraft());
    const [without, wrong] = [await attach({}), await attach({ password: 'sai' })];
    expect([without.status, without.at('code')]).toEqual([422, 'signing-password-required']);
    expect([wrong.status, wrong.at('code')]).toEqual([422, 'pkcs12-password-wrong']);
    const signed = await attach({ password });
    expect(signed.status).toBe(201);
    const { bytes } = await signing.clerk.get(`/requests/${id}/attachments/${String(signed.at('id'))}/content`);
    expect(await verifyWithOpenssl(bytes, file('root.pem'))).toBe(1);
  });
});

describeWithOpenssl('the log at its most talkative (FR-51)', () => {
  it('holds no password and no private key, whether a signature was made, was refused or broke', async () => {
    const id = String((await signing.draft(await emptyDraft())).at('id'));
    const sign = (body: object) => signing.signer.post(`/requests/${id}/signature`, body);
    // Broken in the middle of the work, so that the error itself is logged.
    await signing.sql('ALTER TABLE audit.entry RENAME TO entry_away');
    const broken = await sign({ password });
    await signing.sql('ALTER TABLE audit.entry_away RENAME TO entry');
    expect(broken.status).toBe(503);
    // The parser's error quotes what it does not understand.
    const garbled = await signing.signer.postText(`/requests/${id}/signature`, `{"password": "${password}" oops}`);
    expect(garbled.status).toBe(400);
    expect((await sign({ password: [password] })).status).toBe(400);
    expect((await sign({ password })).status).toBe(200);

    const log = output.text();
    for (const line of ['"code":"log-unavailable"', '"code":"pkcs12-password-wrong"', '"level":"debug"']) {
      expect(log).toContain(line);
    }
    const pems = await Promise.all(['RSA', 'EC', 'agency'].map((name) => readFile(file(`${name}.key`), 'utf8')));
    const key = pems.flatMap((pem) => pem.trim().split('\n').slice(1, -1));
    const secrets = [
      password,
      Buffer.from(password).toString('base64').replace(/=+$/, ''),
      Buffer.from(password).toString('hex'),
      Buffer.from(password).join(','),
      'PRIVATE KEY',
      ...key,
    ];
    expect(key.length).toBeGreaterThan(40);
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  });
});
