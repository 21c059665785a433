import * as fs from 'node:fs';
import { beforeOperation } from './faults.ts';
import type { Path } from './files.ts';

/** Owner, permission bits and time of a file, folder or symlink. */
export interface EntryMetadata {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  readonly mtimeNs: bigint;
}

/** Only root may give files away; others keep what they make. */
export const maySetOwner = (): boolean => process.geteuid?.() === 0;

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
  if (maySetOwner()) fs.lchownSync(path, metadata.uid, metadata.gid);
  // A symlink has no mode of its own, and chmod would follow it.
  if (kind !== 'symlink') fs.chmodSync(path, metadata.mode);
  const seconds = secondsOf(metadata.mtimeNs);
  fs.lutimesSync(path, seconds, seconds);
}

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
