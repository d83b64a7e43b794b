import pg from 'pg';

/** Owns the schemas and runs the migrations; may not create roles or databases. */
export const ownerRole = 'khoso_owner';
/** What the services connect as: SELECT, INSERT, UPDATE by default; no DELETE, no DDL, no temporary tables. */
export const applicationRole = 'khoso_app';

export interface RolePasswords {
  readonly owner: string;
  readonly app: string;
}

/**
 * Creates the two roles, or brings their passwords and rights up to date. Idempotent.
 * @param client connected as a superuser
 */
export const ensureRoles = async (client: pg.Client, passwords: RolePasswords): Promise<void> => {
  for (const [role, password] of [
    [ownerRole, passwords.owner],
    [applicationRole, passwords.app],
  ] as const) {
    const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(
      `${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${pg.escapeLiteral(password)}`,
    );
  }
};

/**
 * Creates a database that belongs to the owner role and that nobody but the two roles may enter. Idempotent.
 * @param client connected as a superuser to another database
 * @param template database to copy; nobody may be connected to it
 */
export const ensureDatabase = async (client: pg.Client, database: string, template?: string): Promise<void> => {
  const name = pg.escapeIdentifier(database);
  const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (known.rowCount === 0) {
    await client.query(
      `CREATE DATABASE ${name} OWNER ${ownerRole}${template ? ` TEMPLATE ${pg.escapeIdentifier(template)}` : ''}`,
    );
  }
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${applicationRole}`);
};
