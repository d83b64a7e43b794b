import { maskIdentifier } from '#kernel';

const hidden = '[redacted]';

// Members whose value is a secret whatever it looks like.
const secretMembers = new Set(
  [
    'authorization',
    'proxy-authorization',
    'cookie',
    'set-cookie',
    'idempotency-key',
    'password',
    'currentPassword',
    'newPassword',
    'passphrase',
    'secret',
    'clientSecret',
    'client_secret',
    'client_assertion',
    'accessToken',
    'access_token',
    'refresh_token',
    'id_token',
    'token',
    'secretKey',
    'privateKey',
  ].map((name) => name.toLowerCase()),
);

// Runs of hexadecimal digits (hashes, UUIDs) come first, so that twelve digits inside them are left alone.
const numbers = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,})|(?<!\d)\d{12}(?!\d)/gi;
const tokens = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const schemes = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi;
const urlPasswords = /\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;
const privateKeys = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g;

/** Hides personal numbers (FR-82), tokens, passwords in URLs and private keys in a text. */
export const redactText = (text: string): string =>
  text
    .replace(privateKeys, hidden)
    .replace(tokens, hidden)
    .replace(schemes, `$1 ${hidden}`)
    .replace(urlPasswords, `$1:${hidden}@`)
    .replace(numbers, (found, hexadecimal?: string) => hexadecimal ?? maskIdentifier(found));

const redactValue = (value: unknown): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'number') return /^\d{12}$/.test(String(value)) ? maskIdentifier(String(value)) : value;
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      redactText(name),
      secretMembers.has(name.toLowerCase()) ? hidden : redactValue(member),
    ]),
  );
};

const suspicious = new RegExp(
  [
    /(?<!\d)\d{12}(?!\d)/,
    /eyJ/,
    /bearer|basic/,
    /:[^\s/@"]+@/,
    /PRIVATE KEY/,
    new RegExp(`"(${[...secretMembers].join('|')})"`),
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

/**
 * The last gate before a log line leaves: one line of JSON in, the same line without secrets and personal numbers
 * out. Works on the finished line, so nothing a library or an error message brings along slips past it.
 */
export const redactLine = (line: string): string =>
  suspicious.test(line) ? `${JSON.stringify(redactValue(JSON.parse(line)))}\n` : line;
