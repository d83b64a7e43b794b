/** Where an object lies, in a folder or a bucket: `objects/ab/cd/<sha256>`. The two levels keep folders small. */
export const objectName = (sha256: string): string => {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('An object address is 64 lower-case hexadecimal characters');
  return `objects/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
};
