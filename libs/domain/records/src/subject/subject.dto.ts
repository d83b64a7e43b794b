import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

/** A citizen or a business, named by what its papers are filed under; the same in every API. */
export class SubjectDto {
  @ApiProperty({ enum: ['person', 'business'], example: 'person' })
  @IsIn(['person', 'business'])
  kind!: 'person' | 'business';

  @ApiPropertyOptional({ example: '042090000123', description: '12 digits; for kind person' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  personalId?: string;

  @ApiPropertyOptional({ example: '3000000037', description: '10 digits, -NNN for a branch; for kind business' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  businessCode?: string;
}
