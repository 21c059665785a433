import { whereIs } from '../../databases/sqlserver/open-session.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { type NameLimit, nameBeside, undoSuffix } from '../name-beside.ts';

/** For the eye: `database "clinic" at localhost:1433`. */
export function wordPlace(server: SqlserverSettings): string {
  return `database "${server.name}" at ${whereIs(server)}`;
}

/** Tells databases of a machine's configurations apart: `sqlserver://db.example:1433/clinic`. */
export function placeOf(server: SqlserverSettings): string {
  return `sqlserver://${whereIs(server)}/${server.name}`;
}

/** Of sysname. */
export const nameLimit: NameLimit = { atMost: 128, lengthOf: (text) => text.length };

/** Names of what stands beside it in its server. */
export function besideOf({ name }: SqlserverSettings): (suffix: string) => string {
  return (suffix) => nameBeside(name, suffix, nameLimit);
}

/** What was live until then. */
export function keptNameOf(server: SqlserverSettings, atMs: number): string {
  return besideOf(server)(undoSuffix(atMs));
}
