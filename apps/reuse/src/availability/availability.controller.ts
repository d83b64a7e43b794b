import { parseSubject } from '#domain/records';
import { CurrentPrincipal, Permission, type Principal } from '#platform/auth';
import { currentContext } from '#platform/observability';
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { readCallingContext } from '../calling/read-calling-context.js';
import { AvailabilityAnswerDto, AvailabilityRequestDto } from './availability.dto.js';
import { toAvailabilityAnswer } from './availability.mapper.js';
import { CheckAvailability } from './check-availability.use-case.js';

@ApiTags('availability')
@Controller('api/reuse/v1/availability')
export class AvailabilityController {
  constructor(private readonly checkAvailability: CheckAvailability) {}

  @Post()
  @HttpCode(200)
  @Permission({ name: 'reuse.query', roles: ['officer', 'clerk', 'signer'], scopes: ['reuse.query'] })
  @ApiOperation({ summary: 'What is on file for a person or business, per component of the procedure' })
  @ApiOkResponse({ type: AvailabilityAnswerDto })
  async check(
    @Body() body: AvailabilityRequestDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<AvailabilityAnswerDto> {
    const answer = await this.checkAvailability.execute(
      {
        context: readCallingContext(body.context, request.headers, principal),
        subject: parseSubject(body.subject),
        componentIds: body.components,
        sources: body.sources,
      },
      principal,
    );
    const withNames = principal.kind === 'account' || principal.scopes.includes('reuse.read');
    return toAvailabilityAnswer(answer, currentContext()?.requestId ?? request.id, withNames);
  }
}
