import { type CalendarDate } from '#kernel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** A citizen or a business, named by what its papers are filed under. */
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

  @ApiProperty({ example: 'Nguyễn Văn An' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name!: string;

  @ApiPropertyOptional({ example: '1990-03-15', description: 'YYYY-MM-DD; compared with the personal number' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  birthDate?: CalendarDate;

  @ApiPropertyOptional({ enum: ['male', 'female'] })
  @IsOptional()
  @IsIn(['male', 'female'])
  sex?: 'male' | 'female';
}
