import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainError } from '#kernel';
import { Accounts, type Account } from '../accounts/accounts.port.js';
import { CurrentPrincipal } from '../http/current-principal.decorator.js';
import { Permission, publicRoute } from '../permission.decorator.js';
import { type Principal, roles } from '../principal.js';
import { ChangePassword } from './change-password.use-case.js';
import { AccountView, ChangePasswordDto, SessionView, SignInDto } from './session.dto.js';
import { SignIn } from './sign-in.use-case.js';

const toView = ({ id, username, name, roles: held, agencyCode }: Account): AccountView => ({
  id,
  username,
  name,
  roles: held,
  agencyCode,
});

@ApiTags('auth')
@Controller('api/auth/v1')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly changePassword: ChangePassword,
    private readonly accounts: Accounts,
  ) {}

  @Post('sessions')
  @Permission(publicRoute)
  @ApiOperation({ summary: 'Signs a person in: a token for the calls that follow' })
  @ApiCreatedResponse({ type: SessionView })
  async create(@Body() body: SignInDto): Promise<SessionView> {
    const { accessToken, expiresAt, account } = await this.signIn.execute(body);
    return {
      accessToken,
      expiresAt: expiresAt.toISOString(),
      mustChangePassword: account.mustChangePassword,
      account: toView(account),
    };
  }

  @Post('password')
  @HttpCode(204)
  @Permission({ name: 'account.password', roles, beforePasswordChange: true })
  @ApiOperation({ summary: 'Changes the own password; every earlier token ends' })
  @ApiNoContentResponse()
  async change(@CurrentPrincipal() principal: Principal, @Body() body: ChangePasswordDto): Promise<void> {
    await this.changePassword.execute({ accountId: principal.id, ...body });
  }

  @Get('me')
  @Permission({ name: 'account.read', roles, beforePasswordChange: true })
  @ApiOperation({ summary: 'Who is signed in, and in which roles' })
  @ApiOkResponse({ type: AccountView })
  async me(@CurrentPrincipal() principal: Principal): Promise<AccountView> {
    const account = await this.accounts.findById(principal.id);
    if (!account) throw new DomainError('unauthenticated');
    return toView(account);
  }
}
