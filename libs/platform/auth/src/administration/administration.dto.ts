import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayNotEmpty, IsArray, IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { AccountView } from '../sign-in/session.dto.js';
import { type Role, roles } from '../principal.js';

export class NewAccountDto {
  @ApiProperty({ example: 'lthoa' })
  @Matches(/^[a-z0-9][a-z0-9._-]{1,98}$/i)
  username!: string;

  @ApiProperty({ example: 'Lê Thị Hoa', description: 'Full name, as signatures and the access log show it' })
  @MaxLength(200)
  @MinLength(2)
  @IsString()
  name!: string;

  @ApiProperty({ enum: roles, isArray: true })
  @IsIn(roles, { each: true })
  @ArrayNotEmpty()
  @IsArray()
  roles!: Role[];

  @ApiPropertyOptional({ example: 'H27.05.12', description: 'Of everyone but a citizen' })
  @IsOptional()
  @MaxLength(35)
  @IsString()
  agencyCode?: string;

  @ApiPropertyOptional({ description: 'Twelve digits, of a citizen; only a keyed hash of it is kept' })
  @IsOptional()
  @MaxLength(40)
  @IsString()
  personalId?: string;
}

export class NewAccountView extends AccountView {
  @ApiProperty({ description: 'Shown once; must be changed at the first sign-in (FR-83)' })
  firstPassword!: string;
}

export class NewClientDto {
  @ApiProperty({ example: 'ho-tich-h27' })
  @Matches(/^[a-z0-9][a-z0-9._-]{2,98}$/)
  id!: string;

  @ApiProperty({ example: 'Phần mềm hộ tịch điện tử' })
  @MaxLength(200)
  @MinLength(2)
  @IsString()
  name!: string;

  @ApiProperty({ example: 'H27.05.12' })
  @MaxLength(35)
  @IsString()
  agencyCode!: string;

  @ApiProperty({ example: ['reuse.catalogue', 'reuse.query', 'reuse.read'], isArray: true })
  @Matches(/^[a-z]+\.[a-z]+$/, { each: true })
  @ArrayNotEmpty()
  @IsArray()
  scopes!: string[];
}

export class NewClientView {
  @ApiProperty()
  id!: string;
  @ApiProperty({ description: 'Shown once; only a hash of it is kept' })
  secret!: string;
}
