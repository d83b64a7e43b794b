/** How one environment variable is read. Parsers throw a plain Error whose message finishes "NAME: ...". */
export interface SettingType<T> {
  /** As the reference shows it. */
  readonly label: string;
  parse(text: string): T;
}

export const text = (): SettingType<string> => ({ label: 'text', parse: (value) => value });

export const choice = <const T extends string>(...options: readonly T[]): SettingType<T> => ({
  label: options.map((option) => `\`${option}\``).join(', '),
  parse: (value) => {
    const found = options.find((option) => option === value);
    if (!found) throw new Error(`must be one of ${options.join(', ')}`);
    return found;
  },
});

/** @param bounds inclusive */
export const integer = (bounds: { readonly min: number; readonly max?: number }): SettingType<number> => ({
  label: bounds.max === undefined ? `whole number >= ${bounds.min}` : `whole number ${bounds.min} to ${bounds.max}`,
  parse: (value) => {
    const number = Number(value);
    const max = bounds.max ?? Number.MAX_SAFE_INTEGER;
    if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < bounds.min || number > max) {
      throw new Error(
        `must be a whole number ${bounds.max === undefined ? `of at least ${bounds.min}` : `between ${bounds.min} and ${max}`}`,
      );
    }
    return number;
  },
});

/** @param bounds inclusive */
export const decimal = (bounds: { readonly min: number; readonly max: number }): SettingType<number> => ({
  label: `number ${bounds.min} to ${bounds.max}`,
  parse: (value) => {
    const number = Number(value);
    if (!/^\d+(\.\d+)?$/.test(value) || number < bounds.min || number > bounds.max) {
      throw new Error(`must be a number between ${bounds.min} and ${bounds.max}`);
    }
    return number;
  },
});

export const flag = (): SettingType<boolean> => ({
  label: '`true` or `false`',
  parse: (value) => {
    if (value !== 'true' && value !== 'false') throw new Error('must be true or false');
    return value === 'true';
  },
});

/** @param protocols without the colon; the URL's user information stays as it is. */
export const url = (...protocols: readonly string[]): SettingType<string> => ({
  label: `URL (${protocols.join(', ')})`,
  parse: (value) => {
    const parsed = URL.parse(value);
    if (!parsed || !protocols.includes(parsed.protocol.slice(0, -1))) {
      throw new Error(`must be a URL starting with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`);
    }
    return value.replace(/\/$/, '');
  },
});

/** 32 bytes in hexadecimal. */
export const key = (): SettingType<string> => ({
  label: '64 hexadecimal characters',
  parse: (value) => {
    if (!/^[0-9a-f]{64}$/i.test(value)) throw new Error('must be 32 bytes written as 64 hexadecimal characters');
    return value.toLowerCase();
  },
});

/** A private key in PEM; `\n` written as two characters is accepted, because many environment files have one line a value. */
export const privateKey = (): SettingType<string> => ({
  label: 'PEM, PKCS#8',
  parse: (value) => {
    const pem = value.replaceAll('\\n', '\n').trim();
    if (!/^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----$/.test(pem)) {
      throw new Error('must be a PKCS#8 private key in PEM (BEGIN PRIVATE KEY)');
    }
    return `${pem}\n`;
  },
});
