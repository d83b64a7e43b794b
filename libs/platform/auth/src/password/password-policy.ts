import { DomainError } from '#kernel';

// FR-83, QCVN 12:2026/BCA: at least 8 characters with a lower-case and an upper-case letter, a digit and a special character.
const minimumLength = 8;
// argon2id reads whatever it is given; this keeps a megabyte of "password" from costing a second of processor.
const maximumLength = 256;
const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u];

/** @throws DomainError `password-too-weak` */
export const requireStrongPassword = (password: string): void => {
  const length = [...password].length;
  if (length < minimumLength || length > maximumLength || !classes.every((kind) => kind.test(password))) {
    throw new DomainError('password-too-weak');
  }
};
