import type { QueryRunner } from 'typeorm';
import { applicationRole } from './database-roles.js';

type Statements = Pick<QueryRunner, 'query'>;

const identifier = (name: string): string => {
  if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name)) throw new Error(`"${name}" is not a plain SQL name`);
  return name;
};

/**
 * Creates an area's PostgreSQL schema if it is absent, and lets the application role SELECT, INSERT and UPDATE every
 * table the running (owner) role will create in it. No DELETE and no DDL: what must disappear gets `allowDelete`.
 * @param schema plain lower-case name, one per area
 */
export const createSchema = async (runner: Statements, schema: string): Promise<void> => {
  const name = identifier(schema);
  await runner.query(`CREATE SCHEMA IF NOT EXISTS ${name}`);
  await runner.query(`GRANT USAGE ON SCHEMA ${name} TO ${applicationRole}`);
  await runner.query(
    `ALTER DEFAULT PRIVILEGES IN SCHEMA ${name} GRANT SELECT, INSERT, UPDATE ON TABLES TO ${applicationRole}`,
  );
  await runner.query(
    `ALTER DEFAULT PRIVILEGES IN SCHEMA ${name} GRANT USAGE, SELECT ON SEQUENCES TO ${applicationRole}`,
  );
};

/** Lets the application role delete rows of one table that holds no record of anything (expired keys, spent links). */
export const allowDelete = async (runner: Statements, table: string): Promise<void> => {
  await runner.query(`GRANT DELETE ON ${identifier(table)} TO ${applicationRole}`);
};

/**
 * Makes a table insert-only, twice: the application role loses UPDATE, and a trigger raises on UPDATE, DELETE and
 * TRUNCATE whoever asks, the owner included.
 */
export const insertOnly = async (runner: Statements, table: string): Promise<void> => {
  const name = identifier(table);
  const [schema = 'public', bare = name] = name.includes('.') ? name.split('.') : ['public', name];
  await runner.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${name} FROM ${applicationRole}`);
  await runner.query(`CREATE OR REPLACE FUNCTION ${schema}.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '%.% is insert-only: % refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
    END $$`);
  await runner.query(
    `CREATE TRIGGER ${bare}_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${name} FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.refuse_change()`,
  );
};
