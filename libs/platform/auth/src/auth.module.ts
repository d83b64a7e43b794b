import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Accounts } from './accounts/accounts.port.js';
import { IssueClientToken } from './client-credentials/issue-client-token.use-case.js';
import { Clients } from './clients/clients.port.js';
import { DevelopmentAccounts } from './development/development-accounts.js';
import { PermissionGuard } from './http/permission.guard.js';
import { StoredAccounts } from './infrastructure/stored-accounts.js';
import { StoredClients } from './infrastructure/stored-clients.js';
import { ChangePassword } from './sign-in/change-password.use-case.js';
import { SignIn } from './sign-in/sign-in.use-case.js';
import { AccessTokens } from './tokens/access-tokens.js';

/** Who calls, and whether they may: for every route of the process. Needs Settings, Clock, persistence and audit. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    StoredAccounts,
    StoredClients,
    { provide: Accounts, useExisting: StoredAccounts },
    { provide: Clients, useExisting: StoredClients },
    AccessTokens,
    SignIn,
    ChangePassword,
    IssueClientToken,
    DevelopmentAccounts,
    { provide: APP_GUARD, useClass: PermissionGuard },
  ],
  exports: [Accounts, Clients, SignIn, ChangePassword, IssueClientToken],
})
export class AuthModule {}
