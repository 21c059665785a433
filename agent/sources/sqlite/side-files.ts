import { existsSync, lstatSync, type Stats, statSync } from 'node:fs';
import { maySetOwner } from '../../os/entry-metadata.ts';
import { giveAway, makeOwnedFile } from '../../os/make-owned-file.ts';
import { readStart } from '../../os/read-start.ts';

/** Where the header says that there is a -wal: 2. Source: sqlite.org/fileformat2.html, section 1.3.3. */
const readVersionOffset = 19;
const wal = 2;

/** Looked into once: closing a file of a database that is open drops the locks of this process. */
const looked = new Set<string>();

/**
 * Before a database is opened: makes its -wal and -shm for its owner where they are not there. SQLite makes them
 * for whoever opens first, and leaves them behind after reading; only as root does it give them to the owner
 * of the database, who could not write to it any more.
 */
export function makeSideFiles(path: string): void {
  const owner = otherOwner(path);
  if (owner === undefined) return;
  const file = `${owner.dev}:${owner.ino}`;
  if (looked.has(file)) return;
  const absent = sidesOf(path).filter((side) => !existsSync(side));
  looked.add(file);
  if (absent.length === 0) return;
  if (readStart(path, readVersionOffset + 1)[readVersionOffset] !== wal) return;
  for (const side of absent) makeOwnedFile(side, owner);
}

/** After it was read for the first time: the same of those that came only then. */
export function giveSideFiles(path: string): void {
  const owner = otherOwner(path);
  if (owner === undefined) return;
  for (const side of sidesOf(path)) {
    if (existsSync(side) && lstatSync(side).uid === process.geteuid?.()) giveAway(side, owner);
  }
}

/** Undefined: it is one's own, or one is root, or may give nothing away. */
function otherOwner(path: string): Stats | undefined {
  const uid = process.geteuid?.();
  if (uid === 0 || !maySetOwner() || !existsSync(path)) return undefined;
  const stat = statSync(path);
  return stat.isFile() && stat.uid !== uid ? stat : undefined;
}

function sidesOf(path: string): readonly string[] {
  return [`${path}-wal`, `${path}-shm`];
}
