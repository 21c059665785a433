import { reachOf } from '../../databases/place-of.ts';
import { usualPlace } from '../../databases/postgres/postgres-server.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';

/** For the eye: `all databases at /var/run/postgresql/.s.PGSQL.5432`. */
export function wordServer(server: PostgresSettings): string {
  return `all databases at ${reachOf(server, usualPlace).where}`;
}

/** Tells servers of a machine's configurations apart. */
export function placeOfServer(server: PostgresSettings): string {
  return `postgres://${reachOf(server, usualPlace).where}`;
}
