import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { KeyDescription } from './key-ring.js';

export class ImportKeyDto {
  @ApiProperty({ enum: ['PERSON', 'AGENCY'] }) @IsIn(['PERSON', 'AGENCY']) holder!: 'PERSON' | 'AGENCY';
  @ApiProperty({ description: 'Opens the file to check it; not kept' }) @IsString() @MaxLength(256) password!: string;
}

export class KeyDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: ['DEVELOPMENT', 'PKCS12'] }) source!: 'DEVELOPMENT' | 'PKCS12';
  @ApiProperty() subject!: string;
  @ApiProperty() issuer!: string;
  @ApiProperty() serialNumber!: string;
  @ApiProperty({ example: 'ec prime256v1' }) algorithm!: string;
  @ApiProperty() validFrom!: string;
  @ApiProperty() validTo!: string;

  static of(key: KeyDescription): KeyDto {
    const { id, source, subject, issuer, serialNumber, algorithm } = key;
    return {
      id,
      source,
      subject,
      issuer,
      serialNumber,
      algorithm,
      validFrom: key.validFrom.toISOString(),
      validTo: key.validTo.toISOString(),
    };
  }
}

export class KeyListDto {
  @ApiProperty({ type: [KeyDto] }) keys!: KeyDto[];
}
