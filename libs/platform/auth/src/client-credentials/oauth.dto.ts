import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** Names as RFC 6749 and RFC 7521 have them. */
export class TokenRequestDto {
  @MaxLength(100)
  @IsString()
  grant_type!: string;
  @MaxLength(1000)
  @IsString()
  @IsOptional()
  scope?: string;
  @MaxLength(200)
  @IsString()
  @IsOptional()
  client_assertion_type?: string;
  @MaxLength(8000)
  @IsString()
  @IsOptional()
  client_assertion?: string;
  /** Allowed beside an assertion (RFC 7521 s. 4.2), which names the client itself. */
  @MaxLength(100)
  @IsString()
  @IsOptional()
  client_id?: string;
}

export class OauthErrorView {
  @ApiProperty({ example: 'invalid_client' })
  error!: string;
  @ApiProperty({ description: 'English' })
  error_description!: string;
  @ApiProperty({ description: 'One of the codes of the problem documents' })
  code!: string;
  @ApiProperty({ description: 'To be named when help is asked for' })
  requestId!: string;
}

export class TokenView {
  @ApiProperty()
  access_token!: string;
  @ApiProperty({ enum: ['Bearer'] })
  token_type!: 'Bearer';
  @ApiProperty({ description: 'Seconds' })
  expires_in!: number;
  @ApiProperty({ description: 'Space-separated' })
  scope!: string;
}
