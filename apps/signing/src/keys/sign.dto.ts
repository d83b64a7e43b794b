import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** With which key to sign. */
export class SignDto {
  @ApiPropertyOptional({ description: 'One of `GET /keys`; the newest usable key when absent' })
  @IsOptional()
  @IsUUID()
  keyId?: string;
  @ApiPropertyOptional({ description: 'Password of a PKCS#12 key; used once, never kept' })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  password?: string;
}
