import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { RecoverOrder } from '../../../protocol/domain/recover.ts';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { isArchiveName } from '../../archive/archive-suffix.ts';
import { openArchiveFile } from '../../archive/open-archive-file.ts';
import { describeArchive } from '../../backup/describe-archive.ts';
import { openChain } from '../../chain/chain.ts';
import { findBaseIn } from '../../chain/find-base.ts';
import { errorMessage } from '../../os/error-code.ts';
import type { Keys } from '../../os/work.ts';

/** The chain that a machine is recovered from, and what was looked at beside it. */
export interface ChosenChain {
  readonly backup: Backup;
  readonly base?: Backup;
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

interface Skipped {
  readonly path: string;
  readonly why: string;
  readonly error?: unknown;
}

/**
 * The newest backup among the archives that were named and those in the folders that were named, whose whole chain
 * is there; one that lacks a source only where none has all. Their content is checked when it is unpacked.
 */
export async function chooseChain(
  { paths, atMs }: Pick<RecoverOrder, 'paths' | 'atMs'>,
  keys: Keys,
): Promise<ChosenChain> {
  const skipped: Skipped[] = [];
  const backups: Backup[] = [];
  for (const path of await archivesIn(paths)) {
    try {
      backups.push(await describeArchive(path, undefined, keys));
    } catch (error) {
      skipped.push({ path, why: wordFailure(failureOf(error)).message, error });
    }
  }
  refuseSeveralApplications(backups);
  const late = backups.filter(({ capturedAtMs }) => atMs !== undefined && capturedAtMs > atMs);
  skipped.push(...late.map(({ path }) => ({ path, why: 'it is newer than asked for' })));
  const newestFirst = backups
    .filter((backup) => !late.includes(backup))
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  const chosen = await firstWhole(newestFirst, paths, keys, skipped);
  if (chosen === undefined) throw noneOf(paths, skipped);
  return { ...chosen, skipped: skipped.map(({ path, why }) => ({ path, why })) };
}

/** Folders where the full of a differential may lie. */
export async function foldersOf(paths: readonly string[]): Promise<readonly string[]> {
  const folders = await Promise.all(
    paths.map(async (path) => ((await isFolder(path)) ? path : dirname(path))),
  );
  return [...new Set(folders)];
}

async function archivesIn(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    if (!(await isFolder(path))) found.push(path);
    else found.push(...(await readdir(path)).filter(isArchiveName).map((name) => join(path, name)));
  }
  return [...new Set(found)];
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((cause: unknown) => {
    const params = { operation: 'read', path, cause: errorMessage(cause) };
    throw new KedgeError('io-failed', params, { cause });
  });
  return found.isDirectory();
}

function refuseSeveralApplications(backups: readonly Backup[]): void {
  const ids = [...new Set(backups.map(({ application }) => application))];
  if (ids.length < 2) return;
  const problem = `they are of several applications (${ids.join(', ')}); name archives of one`;
  throw new KedgeError('bad-argument', { what: 'archives', problem });
}

type Whole = Pick<ChosenChain, 'backup' | 'base'>;

async function firstWhole(
  newestFirst: readonly Backup[],
  paths: readonly string[],
  keys: Keys,
  skipped: Skipped[],
): Promise<Whole | undefined> {
  const folders = await foldersOf(paths);
  let partial: Whole | undefined;
  for (const backup of newestFirst) {
    try {
      const whole = await wholeChain(backup, folders, keys);
      const gap = backup.gaps.find(({ kind }) => kind === 'source');
      if (gap === undefined) return whole;
      skipped.push({ path: backup.path, why: `source "${gap.source}" is not in it` });
      partial ??= whole;
    } catch (error) {
      skipped.push({ path: backup.path, why: wordFailure(failureOf(error)).message, error });
    }
  }
  return partial;
}

async function wholeChain(backup: Backup, folders: readonly string[], keys: Keys): Promise<Whole> {
  await using reader = await openArchiveFile(backup.path, keys);
  await using chain = await openChain(reader, findBaseIn(backup.path, folders, keys));
  if (chain.base === undefined) return { backup };
  return { backup, base: await describeArchive(chain.base.reader.path, undefined, keys) };
}

/** What kept the only one away says more than that there is none. */
function noneOf(paths: readonly string[], skipped: readonly Skipped[]): unknown {
  const [first, ...others] = skipped;
  if (first?.error !== undefined && others.length === 0) return first.error;
  const why = skipped.map(({ path, why: reason }) => `"${path}": ${reason}`).join('; ');
  const what = paths.map((path) => `"${path}"`).join(', ');
  const reason = why === '' ? `there is no archive in ${what}` : why;
  return new KedgeError('restore-refused', { why: reason });
}
