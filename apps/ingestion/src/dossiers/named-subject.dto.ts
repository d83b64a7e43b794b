import { SubjectDto } from '#domain/records';
import { type CalendarDate } from '#kernel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** A citizen or a business with what the desk knows of them. */
export class NamedSubjectDto extends SubjectDto {
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
