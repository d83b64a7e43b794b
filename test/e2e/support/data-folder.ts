import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderDatabase {
  readonly ownerUrl: string;
  /** For tests that play one who has taken over the database server. */
  readonly superuserUrl: string;
  /** Process id of the PostgreSQL server. */
  readonly serverPid: number;
  /** Process id of who started it, or took it over. */
  readonly holderPid: number;
}

/** How to reach the running embedded database of a data folder. */
export const databaseOf = async (dataDir: string): Promise<FolderDatabase> => {
  const passwords = JSON.parse(await readFile(join(dataDir, 'secrets', 'postgres.json'), 'utf8')) as {
    readonly superuser: string;
    readonly owner: string;
  };
  const [pid, , , port] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  const urlOf = (user: string, password: string): string => `postgresql://${user}:${password}@127.0.0.1:${port}/khoso`;
  return {
    ownerUrl: urlOf('khoso_owner', passwords.owner),
    superuserUrl: urlOf('postgres', passwords.superuser),
    serverPid: Number(pid),
    holderPid: Number(await readFile(join(dataDir, 'postgres', 'khoso.owner'), 'utf8')),
  };
};
