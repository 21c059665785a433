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

/** Node takes seconds as a double: exact to less than a microsecond. */
function secondsOf(ns: bigint): number {
  return Number(ns / 1_000_000_000n) + Number(ns % 1_000_000_000n) / 1e9;
}
