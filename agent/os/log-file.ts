import * as fs from 'node:fs/promises';
import { beforeOperation } from './faults.ts';
import { rename } from './files.ts';

const chunkBytes = 1024 * 1024;

/** Opens a log for appending: two writers never overwrite each other, and a cut starts it at 0 again. */
export async function openLog(path: string): Promise<fs.FileHandle> {
  beforeOperation('append', path);
  return await fs.open(path, 'a', 0o600);
}

/**
 * Once a log is longer than `limitBytes`, its last `limitBytes` become `PATH.1` and it is cut to nothing.
 * Copied and cut, as its writer holds it open: what is written between the two is lost.
 */
export async function rotateLog(path: string, limitBytes: number): Promise<void> {
  const size = await sizeOf(path);
  if (size <= limitBytes) return;
  const old = `${path}.1`;
  const temporary = `${old}.tmp`;
  beforeOperation('rotate', path);
  await copyFrom(path, temporary, size - limitBytes);
  await rename(temporary, old);
  beforeOperation('truncate', path);
  await fs.truncate(path);
}

async function copyFrom(path: string, target: string, start: number): Promise<void> {
  await using from = await fs.open(path, 'r');
  await using to = await fs.open(target, 'w', 0o600);
  const buffer = Buffer.alloc(chunkBytes);
  let position = start;
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0) return;
    await to.write(buffer, 0, bytesRead);
    position += bytesRead;
  }
}

/** The last bytes of a file, at most `limitBytes`; none where there is no file. */
export async function readEnd(path: string, limitBytes: number): Promise<Buffer> {
  const size = await sizeOf(path);
  if (size === 0) return Buffer.alloc(0);
  await using file = await fs.open(path, 'r');
  const buffer = Buffer.alloc(Math.min(size, limitBytes));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, size - buffer.length);
  return buffer.subarray(0, bytesRead);
}

export interface LogPart {
  readonly bytes: Buffer;
  readonly size: number;
  readonly modifiedMs: number;
}

/** Up to `limitBytes` of a file from `offset` on; an empty one where there is none. */
export async function readFrom(path: string, offset: number, limitBytes: number): Promise<LogPart> {
  const empty = Buffer.alloc(0);
  const stat = await fs.stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (stat === undefined) return { bytes: empty, size: 0, modifiedMs: 0 };
  const { size, mtimeMs: modifiedMs } = stat;
  const length = Math.max(0, Math.min(size - offset, limitBytes));
  if (length === 0) return { bytes: empty, size, modifiedMs };
  await using file = await fs.open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
  return { bytes: buffer.subarray(0, bytesRead), size, modifiedMs };
}

async function sizeOf(path: string): Promise<number> {
  return await fs.stat(path).then(
    (stat) => stat.size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    },
  );
}
