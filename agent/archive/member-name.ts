import { isUtf8 } from 'node:buffer';

/** Folder of what Kedge adds to an archive; no source's name can collide, as they begin with a letter or digit. */
export const ownFolder = '.kedge/';

const slash = 0x2f;
const idlePart = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** Why these bytes cannot be the name of a member; undefined where they can. */
export function nameProblem(name: Buffer): string | undefined {
  if (name.length === 0) return 'it is empty';
  if (name.length > 65_535) return 'it is too long';
  if (name.includes(0)) return 'it contains a NUL byte';
  if (name[0] === slash) return 'it is absolute';
  return idlePart.test(name.toString('latin1')) ? 'a part of it is empty, "." or ".."' : undefined;
}

/** The first part of a member's name; sources have ASCII names. */
export function sourceOf(name: Buffer): string {
  const end = name.indexOf(slash);
  return name.toString('utf8', 0, end === -1 ? name.length : end);
}

export function isOwn(name: Buffer): boolean {
  return name.toString('latin1', 0, ownFolder.length) === ownFolder;
}

/** For messages: quoted, control characters and bytes that are not UTF-8 escaped. */
export function showName(name: Buffer): string {
  return JSON.stringify(isUtf8(name) ? name.toString() : name.toString('latin1'));
}
