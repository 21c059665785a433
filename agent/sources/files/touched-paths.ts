import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { createFile, syncFile, syncFolder, writeAt } from '../../os/files.ts';

/**
 * What an exchange of single paths is about, on disk before its step is announced. `relative` below the roots.
 * `old`: inode that is live before, absent where nothing is; `come`: inode that comes, absent where nothing does.
 */
export interface TouchedPath {
  readonly relative: Buffer;
  readonly old?: string | undefined;
  readonly come?: string | undefined;
}

/** A folder that stays, in which names go and come: its time before, ns, and the one that it gets, if any. */
export interface TouchedFolder {
  readonly relative: Buffer;
  readonly mtimeNs: bigint;
  readonly becomesNs?: bigint | undefined;
}

/** What is left out of the source and goes along into what comes. */
export interface Carried {
  readonly relative: Buffer;
  readonly inode: string;
}

export interface Touched {
  readonly paths: readonly TouchedPath[];
  readonly folders: readonly TouchedFolder[];
  readonly carried: readonly Carried[];
}

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const FolderLine = z.object({
  folder: bytes,
  mtimeNs: z.string(),
  becomesNs: z.string().optional(),
});
const Line = z.union([
  z.object({ path: bytes, old: z.string().optional(), come: z.string().optional() }),
  FolderLine,
  z.object({ carried: bytes, inode: z.string() }),
]);

const listFile = 'paths.jsonl';
const timesFile = 'times.jsonl';

export async function writeTouched(lists: string, touched: Touched): Promise<void> {
  const lines = [
    ...touched.paths.map(({ relative, old, come }) => ({ path: text(relative), old, come })),
    ...touched.folders.map(lineOfFolder),
    ...touched.carried.map(({ relative, inode }) => ({ carried: text(relative), inode })),
  ];
  await writeDurably(join(lists, listFile), lines);
  await syncFolder(lists);
}

export function readTouched(lists: string): Touched {
  const [paths, folders, carried]: [TouchedPath[], TouchedFolder[], Carried[]] = [[], [], []];
  for (const line of linesOf(join(lists, listFile))) {
    if ('path' in line) paths.push({ relative: line.path, old: line.old, come: line.come });
    else if ('folder' in line) folders.push(folderOf(line));
    else carried.push({ relative: line.carried, inode: line.inode });
  }
  return { paths, folders, carried };
}

/** The times of the folders right after the exchange: one that has another since was changed by others. */
export async function writeTimesAfter(
  lists: string,
  folders: readonly TouchedFolder[],
): Promise<void> {
  await writeDurably(join(lists, timesFile), folders.map(lineOfFolder));
}

/** By relative path as latin1; empty where the exchange did not come so far. */
export function readTimesAfter(lists: string): ReadonlyMap<string, bigint> {
  const times = new Map<string, bigint>();
  try {
    for (const line of linesOf(join(lists, timesFile))) {
      if ('folder' in line) times.set(line.folder.toString('latin1'), BigInt(line.mtimeNs));
    }
    return times;
  } catch {
    return new Map();
  }
}

async function writeDurably(path: string, lines: readonly object[]): Promise<void> {
  await using file = await createFile(path);
  const content = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeAt(file, path, Buffer.from(content), 0);
  await syncFile(file, path);
}

function linesOf(path: string) {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => Line.parse(JSON.parse(line)));
}

const text = (relative: Buffer): string => relative.toString('base64');

const lineOfFolder = ({ relative, mtimeNs, becomesNs }: TouchedFolder) => ({
  folder: text(relative),
  mtimeNs: String(mtimeNs),
  ...(becomesNs === undefined ? {} : { becomesNs: String(becomesNs) }),
});

const folderOf = (line: z.infer<typeof FolderLine>): TouchedFolder => ({
  relative: line.folder,
  mtimeNs: BigInt(line.mtimeNs),
  becomesNs: line.becomesNs === undefined ? undefined : BigInt(line.becomesNs),
});
