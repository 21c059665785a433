import { createHash } from 'node:crypto';
import { reachOf } from '../../databases/place-of.ts';
import { usualPlace } from '../../databases/postgres/postgres-server.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';

/** For the eye: `database "clinic" at /var/run/postgresql/.s.PGSQL.5432`. */
export function wordPlace(server: PostgresSettings): string {
  return `database "${server.name}" at ${reachOf(server, usualPlace).where}`;
}

/** Tells databases of a machine's configurations apart: `postgres://db.example:5432/clinic`. */
export function placeOf(server: PostgresSettings): string {
  return `postgres://${reachOf(server, usualPlace).where}/${server.name}`;
}

/** NAMEDATALEN - 1; a longer name is cut by the server without a word. */
const nameBytesAtMost = 63;

/** `clinic__kedge_new_17`: a name of a database that stands beside the live one, within what names may have. */
export function nameBeside(database: string, suffix: string): string {
  const whole = `${database}__kedge_${suffix}`;
  if (Buffer.byteLength(whole) <= nameBytesAtMost) return whole;
  const mark = createHash('sha256').update(database).digest('hex').slice(0, 8);
  const end = `_${mark}__kedge_${suffix}`;
  return `${cutTo(database, nameBytesAtMost - Buffer.byteLength(end))}${end}`;
}

/** Whole characters only. */
function cutTo(text: string, bytes: number): string {
  let [kept, length] = ['', 0];
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    kept += character;
  }
  return kept;
}

/** What was live until then. */
export function keptNameOf({ name }: PostgresSettings, atMs: number): string {
  return nameBeside(name, `undo_${stampOf(atMs)}`);
}

/** Those that Kedge made, and may drop. */
export function isOurs(database: string): boolean {
  return /__kedge_(new|undo)_[0-9]+$/.test(database);
}

/** `20261121T120000` without the T: of a moment, UTC. */
function stampOf(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\D/g, '').slice(0, 14);
}
