import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';

/** Describes a form whose text fields are those of the DTO and whose last part is one file. */
export const MultipartBody = (mediaTypes: string, fields?: Type): MethodDecorator => {
  const file = {
    type: 'object' as const,
    required: ['file'],
    properties: { file: { type: 'string' as const, contentMediaType: mediaTypes, contentEncoding: 'binary' } },
  };
  return applyDecorators(
    ApiConsumes('multipart/form-data'),
    ...(fields ? [ApiExtraModels(fields)] : []),
    ApiBody({ schema: fields ? { allOf: [{ $ref: getSchemaPath(fields) }, file] } : file }),
  );
};
