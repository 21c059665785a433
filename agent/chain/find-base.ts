import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Failure, failureOf, KedgeError } from '../../protocol/failures.ts';
import { noKeys } from '../archive/age/lock.ts';
import { openArchive } from '../archive/archive-reader.ts';
import { isArchiveName } from '../archive/archive-suffix.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import type { RangedReader } from '../archive/ranged-reader.ts';
import type { Keys } from '../os/work.ts';
import type { WantedBase } from './base.ts';
import type { FindBase } from './chain.ts';

/**
 * Looks for the full beside the differential and in further folders: under the name it had, then under any
 * name by its id. Of several with that name the one that is it; else what bears the name, so that it can be
 * said what is wrong with that.
 */
export function findBaseIn(
  path: string,
  folders: readonly string[],
  keys: Keys = noKeys,
): FindBase {
  const all = [...new Set([dirname(path), ...folders])];
  return async (wanted) => {
    const named = all.map((folder) => join(folder, wanted.fileName));
    const open = opener(keys);
    const found = (await firstThatIs(named, wanted, open)) ?? (await searchAll(all, wanted, open));
    const other = found ?? (await firstThatOpens(named, open));
    const [closed] = open.closed;
    if (other !== undefined || closed === undefined) return other;
    const why = `it may be one that is encrypted and closed here, such as "${closed}"`;
    throw new KedgeError('base-missing', { path, base: wanted.fileName, why });
  };
}

async function searchAll(
  folders: readonly string[],
  wanted: WantedBase,
  open: Opener,
): Promise<RangedReader | undefined> {
  for (const folder of folders) {
    // A folder that can't be listed has no full for us.
    const names = (await readdir(folder).catch(() => [])).filter(isArchiveName);
    const likely = names.filter((name) => !name.includes('_diff')).toSorted();
    const others = names.filter((name) => name.includes('_diff'));
    const paths = [...likely, ...others]
      .filter((name) => name !== basename(wanted.fileName))
      .map((name) => join(folder, name));
    const found = await firstThatIs(paths, wanted, open);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function firstThatIs(
  paths: readonly string[],
  wanted: WantedBase,
  open: Opener,
): Promise<RangedReader | undefined> {
  for (const path of paths) {
    const reader = await open.ifThere(path);
    if (reader === undefined) continue;
    const id = await openArchive(reader).then(
      ({ header }) => header.backupId,
      () => undefined,
    );
    if (id === wanted.id) return reader;
    await reader[Symbol.asyncDispose]();
  }
  return undefined;
}

async function firstThatOpens(
  paths: readonly string[],
  open: Opener,
): Promise<RangedReader | undefined> {
  for (const path of paths) {
    const reader = await open.ifThere(path);
    if (reader !== undefined) return reader;
  }
  return undefined;
}

interface Opener {
  ifThere(path: string): Promise<RangedReader | undefined>;
  /** Those that no key opened. */
  readonly closed: readonly string[];
}

function opener(keys: Keys): Opener {
  const closed: string[] = [];
  return {
    closed,
    ifThere: async (path) =>
      await openArchiveFile(path, keys).catch((error: unknown) => {
        if (isClosed(failureOf(error))) closed.push(path);
        return undefined;
      }),
  };
}

function isClosed({ code }: Failure): boolean {
  return code === 'key-missing' || code === 'passphrase-missing' || code === 'passphrase-wrong';
}
