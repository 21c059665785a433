import { createHash } from 'node:crypto';

/** How much a name in a server may have. */
export interface NameLimit {
  readonly atMost: number;
  readonly lengthOf: (text: string) => number;
}

/** `clinic__kedge_new_17`: a name of a database that stands beside the live one, within what names may have. */
export function nameBeside(
  database: string,
  suffix: string,
  { atMost, lengthOf }: NameLimit,
): string {
  const whole = `${database}__kedge_${suffix}`;
  if (lengthOf(whole) <= atMost) return whole;
  const mark = createHash('sha256').update(database).digest('hex').slice(0, 8);
  const end = `_${mark}__kedge_${suffix}`;
  return `${cutTo(database, atMost - lengthOf(end), lengthOf)}${end}`;
}

/**
 * A name that no database has: one of that name may be somebody's own, or of another Kedge whose jobs have the same
 * numbers, and what is made under it is dropped by its name where a restore does not end well.
 */
export async function freeNameBeside(
  nameOf: (suffix: string) => string,
  suffix: string,
  isThere: (name: string) => Promise<boolean>,
): Promise<string> {
  for (let more = ''; ; more += '0') {
    const name = nameOf(suffix + more);
    if (!(await isThere(name))) return name;
  }
}

/** Whole characters only. */
function cutTo(text: string, atMost: number, lengthOf: NameLimit['lengthOf']): string {
  let [kept, length] = ['', 0];
  for (const character of text) {
    length += lengthOf(character);
    if (length > atMost) break;
    kept += character;
  }
  return kept;
}

/** Of the name of what was live until then: `undo_20261121120000042`. */
export function undoSuffix(atMs: number): string {
  return `undo_${stampOf(atMs)}`;
}

/** `20261121120000042`, UTC, to the ms: two can come within one second. */
export function stampOf(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/\D/g, '').slice(0, 17);
}

/** Those that Kedge made, and may drop. */
export function isOurs(database: string): boolean {
  return /__kedge_(new|undo|drill|look)_[0-9]+$/.test(database);
}
