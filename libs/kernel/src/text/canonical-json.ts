/**
 * The one byte-for-byte form of a JSON value (RFC 8785, JCS): no spaces, keys sorted by UTF-16 code units, numbers as
 * ECMAScript prints them. Hash its UTF-8.
 *
 * Members that are `undefined` are left out, as JSON has no such value. Instants must be given as text: a `Date` is
 * refused, because which text it stands for is the caller's to say.
 *
 * @throws TypeError for what JSON cannot carry: NaN, infinities, bigint, functions, `undefined` outside an object's
 * members, lone surrogates (RFC 8785 s. 3.2.2.2), and objects that are neither plain nor arrays
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return string(value);
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return `[${Array.from<unknown, string>(value, canonicalJson).join(',')}]`;
  if (typeof value === 'object') return object(value);
  throw new TypeError(`canonicalJson: a ${typeof value} is not a JSON value`);
};

const string = (value: string): string => {
  if (!value.isWellFormed()) throw new TypeError('canonicalJson: text has a lone surrogate');
  return JSON.stringify(value);
};

const number = (value: number): string => {
  if (!Number.isFinite(value)) throw new TypeError(`canonicalJson: ${value} is not a JSON number`);
  // JSON.stringify is the ECMAScript number format that RFC 8785 s. 3.2.2.3 asks for; it prints -0 as 0.
  return JSON.stringify(value);
};

const object = (value: object): string => {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Jest and workers bring objects of another realm; those have a prototype without a prototype of its own.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new TypeError('canonicalJson: only plain objects and arrays are JSON values');
  }
  // Array.prototype.sort without a comparator compares UTF-16 code units, which is the order of RFC 8785 s. 3.2.3.
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${string(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
};
