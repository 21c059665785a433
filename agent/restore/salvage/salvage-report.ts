import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { LostMember } from '../../../protocol/domain/salvage.ts';
import { ownFolder } from '../../archive/member-name.ts';
import { createFile, writeAt } from '../../os/files.ts';

/** A line of the report about a member that was brought back. */
export interface SavedLine {
  readonly saved: string;
  readonly kind: string;
  readonly bytes: number;
  /** Of files. */
  readonly proof?: 'hash' | 'frame checksum';
  readonly note?: string;
}

export interface SalvageReport extends AsyncDisposable {
  readonly path: string;
  readonly counts: { members: number; bytes: number; byHash: number; byChecksum: number };
  readonly lost: readonly LostMember[];
  lostCount(): number;
  /** What Kedge adds is in the report and does not count. */
  saved(line: SavedLine, isOwn: boolean): Promise<void>;
  lose(line: LostMember): Promise<void>;
  /** Writes what waits. */
  finish(): Promise<void>;
}

/** As many are in the job's result; the report has all. */
const shownLimit = 1000;
const flushAt = 64 << 10;

function count(counts: SalvageReport['counts'], { bytes, proof }: SavedLine): void {
  counts.members += 1;
  counts.bytes += bytes;
  if (proof === 'hash') counts.byHash += 1;
  if (proof === 'frame checksum') counts.byChecksum += 1;
}

/** JSON Lines in a folder that is there, a line for each member. */
export async function openReport(folder: string): Promise<SalvageReport> {
  const path = join(folder, ownFolder, 'salvage.jsonl');
  const file: FileHandle = await createFile(path, 0o644);
  const counts = { members: 0, bytes: 0, byHash: 0, byChecksum: 0 };
  const lost: LostMember[] = [];
  let [lostCount, position, waiting] = [0, 0, ''];
  const flush = async (): Promise<void> => {
    const bytes = Buffer.from(waiting);
    waiting = '';
    await writeAt(file, path, bytes, position);
    position += bytes.length;
  };
  const add = async (line: SavedLine | LostMember): Promise<void> => {
    waiting += `${JSON.stringify(line)}\n`;
    if (waiting.length >= flushAt) await flush();
  };
  return {
    path,
    counts,
    lost,
    lostCount: () => lostCount,
    async saved(line, isOwn) {
      if (!isOwn) count(counts, line);
      await add(line);
    },
    async lose(line) {
      lostCount += 1;
      if (lost.length < shownLimit) lost.push(line);
      await add(line);
    },
    finish: flush,
    [Symbol.asyncDispose]: () => file.close(),
  };
}
