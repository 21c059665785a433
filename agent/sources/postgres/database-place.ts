import { randomInt } from 'node:crypto';
import { reachOf } from '../../databases/place-of.ts';
import { usualPlace } from '../../databases/postgres/postgres-server.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { type NameLimit, nameBeside, undoSuffix } from '../name-beside.ts';

/** For the eye: `database "clinic" at /var/run/postgresql/.s.PGSQL.5432`. */
export function wordPlace(server: PostgresSettings): string {
  return `database "${server.name}" at ${reachOf(server, usualPlace).where}`;
}

/** Tells databases of a machine's configurations apart: `postgres://db.example:5432/clinic`. */
export function placeOf(server: PostgresSettings): string {
  return `postgres://${reachOf(server, usualPlace).where}/${server.name}`;
}

/** NAMEDATALEN - 1; a longer name is cut by the server without a word. */
export const nameLimit: NameLimit = { atMost: 63, lengthOf: (text) => Buffer.byteLength(text) };

/** Names of what stands beside it in its server. */
export function besideOf({ name }: PostgresSettings): (suffix: string) => string {
  return (suffix) => nameBeside(name, suffix, nameLimit);
}

/**
 * `clinic__kedge_new_17…`: of no other job. Another Kedge in the same server counts its jobs too, and what is made under it is
 * dropped by its name where a restore does not end well.
 */
export function incomingNameOf(server: PostgresSettings, job: number): string {
  const digits = String(randomInt(randomBelow)).padStart(String(randomBelow - 1).length, '0');
  return besideOf(server)(`new_${job}${digits}`);
}

const randomBelow = 1_000_000_000_000;

/** What was live until then. */
export function keptNameOf(server: PostgresSettings, atMs: number): string {
  return besideOf(server)(undoSuffix(atMs));
}

/** Schemas inside a database that hold single tables of it, for `~`: they are in no backup. */
export const ownSchemas = '__kedge_(new|undo)_[0-9]+$';
/** The same as pg_dump takes it. */
export const ownSchemaPatterns = ['*__kedge_new_[0-9]+', '*__kedge_undo_[0-9]+'] as const;
