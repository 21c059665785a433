import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../os/error-code.ts';
import { createFile, exists, removeFile, spaceOf, writeAt } from '../os/files.ts';
import { wordBytes } from '../os/word-bytes.ts';

/** Larger ones take too long to fill, and are somebody's real disk. */
const largestFillBytes = 2 * 1024 ** 3;
/** Left free, so that the clinic itself goes on for a while where it lies on the same drive. */
const leftFreeBytes = 4 * 1024 ** 2;

const recipe =
  'To try it: mount a small drive ("mount -t tmpfs -o size=200m,mode=1777 tmpfs /mnt/small"), ' +
  'add it as a destination, and repeat this.';

/** Fills the file system of a folder, or gives the space back where that was done before; answers what happened. */
export async function fillOrEmpty(folder: string, signal: AbortSignal): Promise<string> {
  const ballast = join(folder, 'ballast.demo');
  if (await exists(ballast)) {
    await removeFile(ballast);
    return `Removed "${ballast}": the destination has its space again.`;
  }
  const { freeBytes } = await spaceOf(folder);
  const refusal = whyNotFilled(folder, freeBytes, await isMachinesOwn(folder));
  if (refusal !== undefined) return refusal;
  const written = await writeBallast(ballast, freeBytes - leftFreeBytes, signal);
  return `Filled the destination with ${wordBytes(written)} in "${ballast}": the next backup finds no space. Cure: repeat this, or remove that file.`;
}

/** Why a file system must be left alone; undefined where it may be filled. */
export function whyNotFilled(
  folder: string,
  freeBytes: number,
  machinesOwn: boolean,
): string | undefined {
  if (machinesOwn) {
    return `Nothing was done: "${folder}" lies on this machine's own disk, and filling that would harm everything else on it. ${recipe}`;
  }
  if (freeBytes > largestFillBytes) {
    return `Nothing was done: "${folder}" has ${wordBytes(freeBytes)} free, and the demo fills no drive with more than ${wordBytes(largestFillBytes)}. ${recipe}`;
  }
  return undefined;
}

/** Whether a folder shares its file system with the system, the user's home or the temporary folder. */
async function isMachinesOwn(folder: string): Promise<boolean> {
  const { dev } = await stat(folder);
  const own = await Promise.all(
    ['/', '/var', '/run', '/dev/shm', homedir(), tmpdir()].map(deviceOf),
  );
  return own.includes(dev);
}

async function deviceOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    ({ dev }) => dev,
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    },
  );
}

/** Writes noise up to a size, or until nothing more fits; answers how much. */
export async function writeBallast(
  path: string,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<number> {
  await using file = await createFile(path);
  // Noise: some file systems keep zeros without giving them any space.
  const piece = randomBytes(1024 ** 2);
  let done = 0;
  try {
    while (done + piece.length <= sizeBytes && !signal.aborted) {
      await writeAt(file, path, piece, done);
      done += piece.length;
    }
  } catch (error) {
    // Full a little earlier than announced is as full.
    if (errorCode(error) !== 'ENOSPC') throw error;
  }
  return done;
}
