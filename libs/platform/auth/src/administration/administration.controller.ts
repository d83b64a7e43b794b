import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditLog } from '#platform/audit';
import { TransactionRunner } from '#platform/persistence';
import { Accounts } from '../accounts/accounts.port.js';
import { Clients } from '../clients/clients.port.js';
import { randomPassword } from '../password/random-password.js';
import { Permission } from '../permission.decorator.js';
import { NewAccountDto, NewAccountView, NewClientDto, NewClientView } from './administration.dto.js';

/** Who may sign in and which systems may call; for administrators. The first of them is made on the command line. */
@ApiTags('administration')
@Controller('api/auth/v1')
export class AdministrationController {
  constructor(
    private readonly accounts: Accounts,
    private readonly clients: Clients,
    private readonly transactions: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  @Post('accounts')
  @Permission({ name: 'account.create', roles: ['admin'] })
  @ApiOperation({ summary: 'Create an account with a first password' })
  @ApiCreatedResponse({ type: NewAccountView })
  async createAccount(@Body() body: NewAccountDto): Promise<NewAccountView> {
    const firstPassword = randomPassword();
    return this.transactions.run(async () => {
      const { id, username, name, roles, agencyCode } = await this.accounts.create({
        ...body,
        password: firstPassword,
      });
      await this.audit.append({
        event: 'account.created',
        outcome: 'success',
        service: 'auth',
        detail: { accountId: id, roles: [...roles] },
      });
      return { id, username, name, roles, agencyCode, firstPassword };
    });
  }

  @Post('clients')
  @Permission({ name: 'client.create', roles: ['admin'] })
  @ApiOperation({ summary: 'Register a procedure system' })
  @ApiCreatedResponse({ type: NewClientView })
  async createClient(@Body() body: NewClientDto): Promise<NewClientView> {
    return this.transactions.run(async () => {
      const { client, secret } = await this.clients.create(body);
      await this.audit.append({
        event: 'client.created',
        outcome: 'success',
        service: 'auth',
        detail: { clientId: client.id, scopes: [...client.scopes] },
      });
      return { id: client.id, secret };
    });
  }
}
