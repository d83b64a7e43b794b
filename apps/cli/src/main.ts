import { Command, CommanderError } from 'commander';
import { accountAdd, type AccountAddOptions } from './commands/account-add.command.js';
import { auditVerify, type AuditVerifyOptions } from './commands/audit-verify.command.js';
import { demo, type DemoOptions } from './commands/demo.command.js';
import { start, type StartOptions } from './commands/start.command.js';

const khoso = new Command('khoso')
  .description('Electronic document repository and PKI e-signature platform for one-stop-shop administrations')
  .addHelpText('after', '\nExit codes: 0 done; 1 a step failed or a fault was found; 2 the command line is wrong.')
  .showHelpAfterError()
  .exitOverride();

const ending = (code: number): void => {
  process.exitCode = code;
};

khoso
  .command('start')
  .description('start all services on embedded defaults, load the sample dossiers, print address and logins')
  .option('--data <folder>', 'database, objects, keys and logs', 'data')
  .option('--port <number>', 'port of the API', process.env.PORT ?? '3000')
  .option('--no-samples', 'start empty')
  .action(async (options: StartOptions) => ending(await start(options)));

khoso
  .command('demo')
  .description('walk one document through its whole life on a throw-away folder, each step with its proof')
  .option('--out <folder>', 'where the documents it made are written', 'out')
  .option('--keep', 'keep the data folder and print where it is')
  .action(async (options: DemoOptions) => ending(await demo(options)));

khoso
  .command('audit')
  .description('the access log')
  .command('verify')
  .description('compute the hash chain again and name the first entry that was altered')
  .option('--data <folder>', 'data folder of an embedded installation', 'data')
  .option('--database <url>', 'PostgreSQL instead of an embedded one; also from DATABASE_URL')
  .option('--json', 'print one JSON object')
  .action(async (options: AuditVerifyOptions) => ending(await auditVerify(options)));

khoso
  .command('account')
  .description('who may sign in')
  .command('add <username>')
  .description("create an official's account, e.g. the first administrator; prints a first password")
  .requiredOption('--name <full name>', 'as signatures and the access log show it')
  .requiredOption('--role <role...>', 'officer, signer, clerk, supervisor, admin')
  .requiredOption('--agency <code>', 'e.g. H27.05.12')
  .option('--data <folder>', 'data folder of an embedded installation', 'data')
  .option('--database <url>', 'PostgreSQL instead of an embedded one; also from DATABASE_URL')
  .action(async (username: string, options: AccountAddOptions) => ending(await accountAdd(username, options)));

try {
  await khoso.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) ending(error.exitCode === 0 ? 0 : 2);
  else {
    console.error(error instanceof Error ? error.message : error);
    ending(1);
  }
}
