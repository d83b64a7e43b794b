import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';

interface Rule {
  readonly type: string;
  readonly name?: string;
  readonly propertyName: string;
  readonly constraints?: readonly unknown[];
  readonly each: boolean;
}

const swaggerProperty = 'swagger/apiModelProperties';

// JSON schema keywords of one rule of class-validator; what has no keyword adds nothing.
const keywords: Readonly<Record<string, (arg: unknown, second: unknown) => ApiPropertyOptions>> = {
  isString: () => ({ type: String }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: Number }),
  isBoolean: () => ({ type: Boolean }),
  isUuid: () => ({ type: String, format: 'uuid' }),
  isDateString: () => ({ type: String, format: 'date-time' }),
  isIso8601: () => ({ type: String, format: 'date-time' }),
  isIn: (values) => ({ enum: values as string[] }),
  isEnum: (values) => ({ enum: Object.values(values as object) as string[] }),
  matches: (pattern) => ({ pattern: (pattern as RegExp).source }),
  minLength: (value) => ({ minLength: value as number }),
  maxLength: (value) => ({ maxLength: value as number }),
  isLength: (from, to) => ({ minLength: from as number, maxLength: to as number }),
  isNotEmpty: () => ({ minLength: 1 }),
  min: (value) => ({ minimum: value as number }),
  max: (value) => ({ maximum: value as number }),
  arrayMinSize: (value) => ({ minItems: value as number }),
  arrayMaxSize: (value) => ({ maxItems: value as number }),
};

const rulesOf = (dto: Type): Rule[] =>
  getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false) as unknown as Rule[];

/** What class-transformer makes of a nested object, which is how a nested DTO is known at run time. */
const nestedClass = (dto: Type, property: string, isArray: boolean): Type | undefined => {
  const made: unknown = (plainToInstance(dto, { [property]: isArray ? [{}] : {} }) as Record<string, unknown>)[
    property
  ];
  const one: unknown = Array.isArray(made) ? made[0] : made;
  const found = typeof one === 'object' && one !== null ? (one.constructor as Type) : undefined;
  return found === Object ? undefined : found;
};

/**
 * Writes the OpenAPI description of a DTO class from its validation rules, so that the document cannot promise what
 * the validation refuses. Properties described by hand with `@ApiProperty` stay as they are. Idempotent.
 */
export const describeDto = (dto: Type): void => {
  const byProperty = Map.groupBy(rulesOf(dto), (rule) => rule.propertyName);
  for (const [property, rules] of byProperty) {
    const prototype = dto.prototype as object;
    const designType: unknown = Reflect.getMetadata('design:type', prototype, property);
    const isArray = designType === Array || rules.some((rule) => rule.each);
    const isNested = rules.some((rule) => rule.type === 'nestedValidation');
    const nested = isNested ? nestedClass(dto, property, isArray) : undefined;
    if (nested) describeDto(nested);
    if (Reflect.hasMetadata(swaggerProperty, prototype, property)) continue;
    const described = rules.map(
      (rule) => keywords[rule.name ?? '']?.(rule.constraints?.[0], rule.constraints?.[1]) ?? {},
    );
    const options: Record<string, unknown> = Object.assign({}, ...described, {
      required: !rules.some((rule) => rule.type === 'conditionalValidation'),
      ...(isArray && { isArray: true }),
      ...(nested && { type: () => nested }),
    });
    // An enumeration says its type by its values.
    if (options['enum'] !== undefined) delete options['type'];
    else if (options['type'] === undefined && !nested)
      Object.assign(options, { type: 'object', additionalProperties: true });
    ApiProperty(options as ApiPropertyOptions)(prototype, property);
  }
};
