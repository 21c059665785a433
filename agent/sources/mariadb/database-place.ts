import { usualPlace } from '../../databases/mariadb/open-session.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { reachOf } from '../../databases/place-of.ts';
import { type NameLimit, nameBeside, undoSuffix } from '../name-beside.ts';

/** For the eye: `database "clinic" at /run/mysqld/mysqld.sock`. */
export function wordPlace(server: MariadbSettings): string {
  return `database "${server.name}" at ${reachOf(server, usualPlace).where}`;
}

/** Tells databases of a machine's configurations apart: `mariadb://db.example:3306/clinic`. */
export function placeOf(server: MariadbSettings): string {
  return `mariadb://${reachOf(server, usualPlace).where}/${server.name}`;
}

/** In characters. Source: MariaDB, "Identifier Names". */
export const nameLimit: NameLimit = { atMost: 64, lengthOf: (text) => [...text].length };

/** Names of what stands beside it in its server. */
export function besideOf({ name }: MariadbSettings): (suffix: string) => string {
  return (suffix) => nameBeside(name, suffix, nameLimit);
}

/** What was live until then. */
export function keptNameOf(server: MariadbSettings, atMs: number): string {
  return besideOf(server)(undoSuffix(atMs));
}
