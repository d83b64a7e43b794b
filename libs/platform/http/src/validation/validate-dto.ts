import { ValidationPipe } from '@nestjs/common';
import { DomainError, type ErrorDetail } from '#kernel';
import type { ValidationError } from 'class-validator';
import { constraintCode } from './constraint-texts.js';

// Several rules of one field break together (a missing text is also too short): the one named first here explains the rest.
const precedence = ['UNKNOWN_FIELD', 'REQUIRED', 'WRONG_TYPE'];
const rank = (code: string): number => (precedence.includes(code) ? precedence.indexOf(code) : precedence.length);

const faultsOf = (error: ValidationError, path: string): ErrorDetail[] => {
  const field = path === '' ? error.property : `${path}.${error.property}`;
  const codes = Object.keys(error.constraints ?? {}).map(constraintCode);
  const missing = error.value === undefined || error.value === null;
  const [first] = (codes.length > 0 && missing && !codes.includes('UNKNOWN_FIELD') ? ['REQUIRED'] : codes).sort(
    (a, b) => rank(a) - rank(b),
  );
  return [
    ...(first === undefined ? [] : [{ code: first, field }]),
    ...(error.children ?? []).flatMap((child) => faultsOf(child, field)),
  ];
};

/**
 * Bodies and queries become instances of their DTO class, or are refused with `request-invalid` and one detail per
 * field, `field` being a dotted path as in `subject.personalId` or `fields.0.key`.
 */
export const createValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    // The filter needs the values' absence, and nothing keeps the values after it.
    validationError: { target: false, value: true },
    exceptionFactory: (errors) =>
      new DomainError('request-invalid', {}, { details: errors.flatMap((error) => faultsOf(error, '')) }),
  });

const pipe = createValidationPipe();

/**
 * Checks a plain value against a DTO class, for what does not come as a JSON body: the text fields of a multipart
 * form, a JSON text in one of them.
 * @throws DomainError `request-invalid`
 */
export const validateDto = async <T extends object>(dto: new () => T, plain: unknown): Promise<T> =>
  (await pipe.transform(plain, { type: 'body', metatype: dto })) as T;
