import * as fs from 'node:fs/promises';
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

/** Owner first: the kernel clears permission bits when it changes. Time last: the others would touch it. */
export async function setMetadata(
  path: Path,
  kind: 'file' | 'directory' | 'symlink' | 'fifo',
  metadata: EntryMetadata,
): Promise<void> {
  beforeOperation('metadata', path.toString());
  if (maySetOwner()) await fs.lchown(path, metadata.uid, metadata.gid);
  // A symlink has no mode of its own, and chmod would follow it.
  if (kind !== 'symlink') await fs.chmod(path, metadata.mode);
  const seconds = secondsOf(metadata.mtimeNs);
  await fs.lutimes(path, seconds, seconds);
}

/**
 * Node takes seconds as a double, which near today is off by up to 0.12 us: aimed into the microsecond,
 * not at its edge, the time stays the same to the microsecond.
 */
function secondsOf(ns: bigint): number {
  const microseconds = ns >= 0n ? ns / 1000n : (ns - 999n) / 1000n;
  return Number(microseconds) / 1e6 + 3e-7;
}
