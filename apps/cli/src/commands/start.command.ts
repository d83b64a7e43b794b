import { StandaloneProcess } from '../api/standalone-process.js';
import { callerPath, productRoot } from '../caller-path.js';
import { contextOf, identifierOf } from '../flow/procedure-system.js';
import { loadSamples, type LoadedSamples } from '../samples/load-samples.js';
import { readSampleSet } from '../samples/sample-set.js';
import { bold, dim, say } from '../terminal.js';

export interface StartOptions {
  readonly data: string;
  readonly port: string;
  readonly samples: boolean;
}

/**
 * Starts the three services on embedded defaults, loads the sample dossiers once, and stays until Ctrl-C.
 * @returns exit code of the server
 */
export async function start(options: StartOptions): Promise<number> {
  const startedAt = Date.now();
  say(bold('Khoso'));
  say(`  starting PostgreSQL and the services; data in ${options.data}`);
  const server = await StandaloneProcess.start(productRoot, {
    dataDir: callerPath(options.data),
    port: Number(options.port),
  });
  stopWith(server);
  say(`  ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s; log in ${server.logFile}`);

  const { accounts, client } = server.logins();
  const loaded = options.samples ? await loadSamples(server, readSampleSet(productRoot)) : undefined;

  say();
  say(
    `${bold('Address')}    ${server.url}   ${dim('API documents: /api/ingestion/docs, /api/signing/docs, /api/reuse/docs')}`,
  );
  say();
  say(bold('Logins') + dim('     development only; also in data/secrets/development-logins.json'));
  for (const { username, password, name, roles, agencyCode } of accounts) {
    say(
      `  ${username.padEnd(10)} ${password.padEnd(18)} ${name}, ${roles.join('+')}${agencyCode ? ` (${agencyCode})` : ''}`,
    );
  }
  say();
  say(bold('API client'));
  say(`  id ${client.id}   secret ${client.secret}`);
  if (loaded) {
    say();
    say(
      `${bold('Ask')} what is on file for ${loaded.question.subject.name}, for dossier ${loaded.question.case.dossierCode}:`,
    );
    say();
    say(curlLine(server.url, client, loaded));
  }
  say();
  say(dim('Ctrl-C stops everything.'));
  return (await server.ended()) ?? 0;
}

function stopWith(server: StandaloneProcess): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      say('\nStopping ...');
      void server.stop();
    });
  }
}

function curlLine(url: string, client: { id: string; secret: string }, { question }: LoadedSamples): string {
  const body = JSON.stringify({ context: contextOf(question.case), subject: identifierOf(question.subject) });
  return [
    `curl -s ${url}/api/reuse/v1/availability \\`,
    `  -H "authorization: Bearer $(curl -s -u '${client.id}:${client.secret}' -d grant_type=client_credentials ${url}/oauth/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')" \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${body}'`,
  ].join('\n');
}
