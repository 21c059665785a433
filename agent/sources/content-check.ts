import { open } from 'node:fs/promises';
import type { IntegrityCheck } from './integrity.ts';
import type { RowCounts } from './row-counts.ts';

/** A member while it is read. */
export interface PartCheck {
  write(bytes: Uint8Array): void;
  end(): void;
}

/** The check of an engine whose members only mean something together; they are read in whatever order. */
export interface ContentCheck {
  /** `path` below the source; of files only. */
  part(path: string): PartCheck;
  /** When all of them were read. */
  result(): IntegrityCheck;
  counts(): RowCounts;
}

/** What an archive gives of a member. */
export async function readIntoPart(
  part: PartCheck,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const bytes of content) part.write(bytes);
  part.end();
}

const blockBytes = 1024 * 1024;

/** Reads what was unpacked into a check. */
export async function readIntoCheck(
  check: ContentCheck,
  path: string,
  file: string | Buffer,
  signal: AbortSignal,
): Promise<void> {
  const part = check.part(path);
  await using opened = await open(file, 'r');
  const buffer = Buffer.alloc(blockBytes);
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await opened.read(buffer, 0, buffer.length);
    if (bytesRead === 0) break;
    part.write(buffer.subarray(0, bytesRead));
  }
  part.end();
}
