import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openDatabase } from '../../agent/databases/open-database.ts';
import { connectPostgres } from '../../agent/databases/postgres/connect.ts';
import type { PostgresSettings } from '../../agent/databases/postgres/settings.ts';
import { failureOf } from '../../protocol/failures.ts';
import { hasPostgres } from '../support/postgres.ts';
import { startPostgres, type TestPostgres } from '../support/private-postgres.ts';

const { signal } = new AbortController();

/** A server with the database of an application, for all tests of a file. */
export function clinicServer() {
  let server: TestPostgres;
  beforeAll(async () => {
    if (!hasPostgres) return;
    server = await startPostgres();
    server.sql(`
    CREATE ROLE clinic_app LOGIN PASSWORD 'app';
    CREATE ROLE kedge LOGIN PASSWORD 'sesame';
    GRANT clinic_app, pg_signal_backend, pg_read_all_stats TO kedge;
    ALTER ROLE kedge SET standard_conforming_strings = off;
    CREATE ROLE bare LOGIN PASSWORD 'sesame';
    CREATE ROLE plain LOGIN PASSWORD 'sesame';
    CREATE ROLE secure LOGIN PASSWORD 'sesame';
    SET password_encryption = 'md5'; CREATE ROLE old LOGIN PASSWORD 'sesame';`);
    server.sql(`CREATE DATABASE "odd ""cli\\nic" OWNER clinic_app`);
    server.sql('CREATE DATABASE clinic OWNER clinic_app');
    server.sql('CREATE TABLE visit (id int); ALTER TABLE visit OWNER TO clinic_app', 'clinic');
    writeFileSync(join(server.folder, 'password'), 'sesame\n', { mode: 0o600 });
    writeFileSync(join(server.folder, 'wrong'), 'simsalabim\n', { mode: 0o600 });
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  /** Over TCP with the password, unless told otherwise. */
  const settings = (changes: Partial<PostgresSettings> = {}): PostgresSettings => {
    const password = { file: join(server.folder, 'password') };
    const { port } = server;
    return {
      engine: 'postgres',
      host: '127.0.0.1',
      port,
      user: 'kedge',
      password,
      name: 'clinic',
      ...changes,
    };
  };
  return {
    get server() {
      return server;
    },
    settings,
    open: (changes: Partial<PostgresSettings> = {}) => openDatabase(settings(changes)),
    /** The application. */
    connect: async (user = 'clinic_app', database = 'clinic') => {
      const place = { socket: server.socket, host: 'localhost', port: server.port };
      return await connectPostgres(
        { place, isLocal: true, user, password: undefined, database },
        signal,
      );
    },
  };
}

export async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}
