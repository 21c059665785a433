import * as fs from 'node:fs';
import { hasCapability } from './capabilities.ts';
import { beforeOperation } from './faults.ts';
import type { Path } from './files.ts';

/** Owner, permission bits and time of a file, folder or symlink. */
export interface EntryMetadata {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  readonly mtimeNs: bigint;
}

/** Whether it may give files away: root, and who was given that alone. Others keep what they make. */
export function maySetOwner(): boolean {
  const uid = process.geteuid?.();
  if (known?.uid !== uid) known = { uid, may: hasCapability('chown') };
  return known?.may === true;
}

/** Asked for each file, and the same as long as this process is of this user. */
let known: { readonly uid: number | undefined; readonly may: boolean } | undefined;
let ownGroups: ReadonlySet<number> | undefined;

/**
 * Owner first: the kernel clears permission bits when it changes. Time last: the others would touch it. Done at
 * once, as three changes of threads cost ten times what the calls do.
 */
export async function setMetadata(
  path: Path,
  kind: 'file' | 'directory' | 'symlink' | 'fifo',
  metadata: EntryMetadata,
): Promise<void> {
  beforeOperation('metadata', path.toString());
  setOwner(path, metadata);
  // A symlink has no mode of its own, and chmod would follow it.
  if (kind !== 'symlink') fs.chmodSync(path, metadata.mode);
  const seconds = secondsOf(metadata.mtimeNs);
  fs.lutimesSync(path, seconds, seconds);
}

function setOwner(path: Path, { uid, gid }: EntryMetadata): void {
  ownGroups ??= new Set(process.getgroups?.());
  if (maySetOwner()) fs.lchownSync(path, uid, gid);
  // To a group that one is in anybody may give what is his.
  else if (ownGroups.has(gid)) fs.lchownSync(path, unchanged, gid);
}

const unchanged = -1;

/**
 * Node takes seconds as a double, which near today is off by up to 0.12 us: aimed into the microsecond, not at
 * its edge, the time stays the same to the microsecond. From 2106 on the nearest double is taken, which is off
 * by up to 1 us. As text, because Node takes a number below zero for "now".
 */
function secondsOf(ns: bigint): string {
  const far = ns >= farNs || ns <= -farNs;
  const aimed = far ? ns : (ns / 1000n) * 1000n + (ns < 0n ? -300n : 300n);
  // Added up as doubles, so that it is rounded once.
  return String(Number(aimed / second) + Number(aimed % second) / 1e9);
}

const second = 1_000_000_000n;
/** 2^32 seconds: there a double's steps become almost a microsecond. */
const farNs = 4_294_967_296n * second;

/** Of a folder in which names were exchanged, when all is as it was; it must not be a symlink. */
export async function setFolderTime(path: Path, mtimeNs: bigint): Promise<void> {
  beforeOperation('folder time', path.toString());
  const seconds = secondsOf(mtimeNs);
  fs.lutimesSync(path, seconds, seconds);
}
