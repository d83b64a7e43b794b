import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, ValidateNested } from 'class-validator';
import { validateDto } from './validate-dto.js';

class Subject {
  @IsIn(['person', 'business'])
  kind!: string;
}

class Form {
  @MaxLength(5)
  @IsString()
  name!: string;
  @Max(300)
  @IsInt()
  @Type(() => Number)
  @IsOptional()
  pages?: number;
  @ValidateNested()
  @Type(() => Subject)
  subject!: Subject;
}

const faultsOf = async (plain: unknown) => {
  try {
    await validateDto(Form, plain);
  } catch (error) {
    if (error instanceof DomainError)
      return { code: error.code, faults: error.details.map(({ field, code }) => `${field} ${code}`) };
    throw error;
  }
  return undefined;
};

describe('validation of a DTO', () => {
  it('returns an instance with its values converted', async () => {
    const form = await validateDto(Form, { name: 'An', pages: '3', subject: { kind: 'person' } });
    expect(form).toBeInstanceOf(Form);
    expect(form.pages).toBe(3);
    expect(form.subject).toBeInstanceOf(Subject);
  });

  it('names every faulty field once, with the fault that explains the others', async () => {
    expect(await faultsOf({ name: 7, pages: 'x', subject: { kind: 'robot' }, admin: true })).toEqual({
      code: 'request-invalid',
      faults: ['admin UNKNOWN_FIELD', 'name WRONG_TYPE', 'pages WRONG_TYPE', 'subject.kind NOT_ALLOWED_VALUE'],
    });
    expect(await faultsOf({ name: 'too long', subject: {} })).toEqual({
      code: 'request-invalid',
      faults: ['name TOO_LONG', 'subject.kind REQUIRED'],
    });
  });

  it('says that what is missing is required, however many rules it breaks', async () => {
    expect((await faultsOf({ subject: { kind: 'person' } }))?.faults).toEqual(['name REQUIRED']);
  });
});
