import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { type Role, roles } from '../principal.js';

export class SignInDto {
  @MaxLength(100)
  @IsString()
  username!: string;
  @MaxLength(256)
  @IsString()
  password!: string;
}

export class ChangePasswordDto {
  @MaxLength(256)
  @IsString()
  currentPassword!: string;
  @MaxLength(256)
  @IsString()
  newPassword!: string;
}

export class AccountView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  username!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ enum: roles, isArray: true })
  roles!: readonly Role[];
  @ApiProperty({ required: false })
  agencyCode?: string;
}

export class SessionView {
  @ApiProperty({ description: 'For the Authorization header: `Bearer <accessToken>`' })
  accessToken!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
  @ApiProperty({ description: 'Only the password may be changed until it has been (FR-83)' })
  mustChangePassword!: boolean;
  @ApiProperty()
  account!: AccountView;
}
