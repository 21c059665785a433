import type { BigIntStats } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** A lock for writing that some process holds on a part of a file, first and last byte. */
export interface WriteLock {
  readonly pid: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Who holds write locks (fcntl) on a file, without touching it. Source: proc_locks(5), which everybody may read;
 * locks of processes in a container that this one can't see are not in it.
 */
export async function writeLocksOf(
  { dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>,
  table?: string,
): Promise<readonly WriteLock[]> {
  const locks = await locksOf({ dev, ino }, table);
  return locks.filter(({ kind }) => kind === 'WRITE').map(({ kind: _, ...lock }) => lock);
}

/** The processes that hold any lock on a file. */
export async function lockHolders(
  file: Pick<BigIntStats, 'dev' | 'ino'>,
): Promise<readonly number[]> {
  return [...new Set((await locksOf(file)).map(({ pid }) => pid))];
}

async function locksOf(
  { dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>,
  table?: string,
): Promise<readonly (WriteLock & { readonly kind: string })[]> {
  const lines = (table ?? (await readFile('/proc/locks', 'utf8'))).split('\n');
  return lines.flatMap((line) => {
    const [, kind = '', pid, major = '', minor = '', inode, first, last] =
      lockLine.exec(line) ?? [];
    if (inode !== String(ino) || !isSame(dev, parseInt(major, 16), parseInt(minor, 16))) return [];
    const end = last === 'EOF' ? Number.POSITIVE_INFINITY : Number(last);
    return [{ kind, pid: Number(pid), first: Number(first), last: end }];
  });
}

/** "12: POSIX  ADVISORY  WRITE 4711 fe:01:131 120 120"; one that waits has "->" after its number. */
const lockLine =
  /^\d+: (?:POSIX|OFDLCK) +ADVISORY +(READ|WRITE) (-?\d+) ([0-9a-f]+):([0-9a-f]+):(\d+) (\d+) (\d+|EOF)$/;

/** A file system of several parts (btrfs, overlay) gives its files another number than its locks, both without a device. */
function isSame(dev: bigint, major: number, minor: number): boolean {
  const ofFile = Number(((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn));
  const least = Number((dev & 0xffn) | ((dev >> 12n) & 0xffffff00n));
  return ofFile === major && (least === minor || major === 0);
}
