import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bothKeys, writeAgeFile } from '../../support/age-files.ts';
import {
  fileMember,
  sampleMembers,
  writeArchive,
  writeDifferential,
} from '../../support/archives.ts';
import { sampleNow, sampleThen } from '../../support/changing-files.ts';
import { noise } from '../../support/damaged-archives.ts';
import { type Parts, takeApart } from '../../support/forge-archive.ts';

/** A small archive that is mutated; of a differential with its full, which is mutated as often. */
export interface Seed {
  readonly name: string;
  readonly bytes: Buffer;
  /** Absent: it is encrypted, so only its bytes are changed. */
  readonly parts?: Parts;
  readonly base?: Buffer;
}

/** One of each kind. */
export async function makeSeeds(folder: string): Promise<readonly Seed[]> {
  await mkdir(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  await writeArchive(at('small'), sampleMembers());
  await writeArchive(at('large'), [
    fileMember('files/first', noise(1, 3000)),
    fileMember('files/large', Buffer.alloc(2_100_000, 'text that packs well ')),
    fileMember('files/last', noise(2, 3000)),
  ]);
  await writeArchive(at('base'), sampleThen());
  await writeDifferential(at('diff'), at('base'), sampleNow());
  const base = readFileSync(at('base'));
  await writeAgeFile(at('age'), base, bothKeys);
  const seed = async (name: string): Promise<Seed> => {
    const bytes = await readFile(at(name));
    return { name, bytes, parts: await takeApart(bytes) };
  };
  return [
    await seed('small'),
    await seed('large'),
    await seed('base'),
    { ...(await seed('diff')), base },
    { name: 'age', bytes: readFileSync(at('age')) },
  ];
}
