import { AdministrationController } from './administration/administration.controller.js';
import { Module } from '@nestjs/common';
import { OauthController } from './client-credentials/oauth.controller.js';
import { SessionController } from './sign-in/session.controller.js';

/**
 * The routes of sign-in. Apart from `AuthModule`, which is global: a global module's routes would show up in the OpenAPI
 * document of every service.
 */
@Module({ controllers: [SessionController, OauthController, AdministrationController] })
export class AuthApiModule {}
