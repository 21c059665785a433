import { dirname, join } from 'node:path';
import { createFile, makeFolder, writeAt } from '../../os/files.ts';
import { Pace, type SeedOptions } from './pace.ts';
import { seededRandom } from './random.ts';
import { makeUpload } from './upload-kinds.ts';

const seed = 20_262;
const defaultUploads = 500;

export interface SeededUpload {
  readonly name: string;
  readonly bytes: number;
}

/** Writes the clinic's uploads below a folder. */
export async function seedUploads(
  folder: string,
  options: SeedOptions,
): Promise<readonly SeededUpload[]> {
  const count = options.uploads ?? defaultUploads;
  const random = seededRandom(seed);
  const pace = new Pace(options);
  const written: SeededUpload[] = [];
  for (let number = 1; number <= count; number += 1) {
    const { name, content } = makeUpload(random, number);
    await writeNew(join(folder, name), content);
    written.push({ name, bytes: content.length });
    await pace.step(number / count, `uploads: ${number} of ${count} files`);
  }
  return written;
}

async function writeNew(path: string, content: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  await using file = await createFile(path);
  await writeAt(file, path, content, 0);
}
