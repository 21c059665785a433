import { dirname, join, resolve } from 'node:path';
import type { FileSample, SourceChange } from '../../../protocol/domain/restore.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { exists, makeFolder } from '../../os/files.ts';
import { realPathOf } from '../../os/real-path.ts';
import { contentBytes } from '../content-bytes.ts';
import { exchangeByMoves } from '../exchange-by-moves.ts';
import { compareTree } from '../files/compare.ts';
import { type ArchivedTree, extractTree } from '../files/extract-tree.ts';
import { preparePaths } from '../files/prepare-paths.ts';
import type {
  ArchivedSource,
  ExchangeItem,
  Exchanger,
  Place,
  SourceRestore,
  StageWork,
} from '../restore-kind.ts';
import { missingReason } from './open-paths.ts';
import { partOfSettings } from './part-of-settings.ts';
import type { SettingsSettings } from './settings.ts';

export function restoreSettings(name: string, settings: SettingsSettings): SourceRestore {
  return {
    engine: 'settings',
    livePaths: async () => await livePaths(settings),
    compare: async (archived, { signal }) =>
      await compareSettings(name, await livePaths(settings), archived, signal),
    space: async (archived) => [
      { path: dirname(settings.paths[0] ?? '/'), bytes: await contentBytes(archived) },
    ],
    items: async (archived, place) => await itemsOf(await livePaths(settings), archived, place),
    partly: async (archived, order) =>
      await partOfSettings(restoreSettings(name, settings), treeAt, archived, order),
    stage,
  };
}

export const settingsExchanger: Exchanger = {
  prepare: async (item) =>
    item.only === undefined
      ? { ...(await exchangeByMoves(item)), notes: [] }
      : await preparePaths(item, item.only),
  check: async () => {},
};

/**
 * The configured paths, and beside a path that is a symlink what it leads to: only these are exchanged,
 * whatever else an archive names.
 */
async function livePaths({ paths }: SettingsSettings): Promise<readonly string[]> {
  const all = new Set<string>();
  for (const path of paths.map((each) => resolve(each))) {
    all.add(path);
    all.add(await realPathOf(path));
  }
  return [...all];
}

async function itemsOf(
  paths: readonly string[],
  archived: ArchivedSource,
  place: (live: string) => Promise<Place>,
): Promise<readonly ExchangeItem[]> {
  const roots = await rootsIn(archived, paths);
  const items: ExchangeItem[] = [];
  for (const live of paths) {
    const { incoming, outgoing } = await place(live);
    if (roots.has(live)) items.push({ live, incoming, outgoing });
    else if (wasMissing(archived, live) && (await exists(live))) items.push({ live, outgoing });
  }
  return items;
}

/** Only what the backup says was not there is taken away; what it could not read, or did not know, stays. */
function wasMissing({ gaps }: ArchivedSource, live: string): boolean {
  return gaps.some((gap) => `/${gap.path}` === live && gap.reason === missingReason);
}

async function rootsIn(
  archived: ArchivedSource,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  const wanted = new Map(paths.map((path) => [`${archived.name}${path}`, path]));
  const found = new Set<string>();
  for await (const member of archived.members()) {
    const path = wanted.get(nameOf(member));
    if (path !== undefined) found.add(path);
  }
  return found;
}

const nameOf = (member: IndexMember): string => member.name.toString().replace(/\/$/, '');

async function stage(
  archived: ArchivedSource,
  items: readonly ExchangeItem[],
  { signal }: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const { live, incoming } of items) {
    if (incoming === undefined) continue;
    await makeFolder(dirname(incoming));
    notes.push(...(await extractTree(treeAt(archived, live), incoming, signal, onBytes)));
  }
  return notes;
}

function treeAt(archived: ArchivedSource, live: string): ArchivedTree {
  const name = `${archived.name}${live}`;
  const isInside = (path: string) => path === name || path.startsWith(`${name}/`);
  return {
    name,
    content: archived.content,
    async *members() {
      for await (const member of archived.members()) {
        if (!isInside(nameOf(member))) continue;
        yield await asOwnFile(archived, member, isInside);
      }
    },
  };
}

/** A hard link to a file of another tree becomes a file of its own: the two are exchanged one by one. */
async function asOwnFile(
  archived: ArchivedSource,
  member: IndexMember,
  isInside: (path: string) => boolean,
): Promise<IndexMember> {
  const target = member.kind === 'hardlink' ? member.linkTarget : undefined;
  if (target === undefined || isInside(target.toString())) return member;
  for await (const other of archived.members()) {
    const isTarget = other.kind !== 'hardlink' && other.name.equals(target);
    if (isTarget) return { ...other, name: member.name };
  }
  return member;
}

/** All paths together, named by their absolute path without the leading slash. */
async function compareSettings(
  source: string,
  paths: readonly string[],
  archived: ArchivedSource,
  signal: AbortSignal,
): Promise<SourceChange> {
  const parts: SourceChange[] = [];
  for (const live of paths) {
    const tree = { ...treeAt(archived, live), gaps: archived.gaps };
    parts.push(await compareTree({ source, live, leaveOut: [], archived: tree }, signal));
  }
  return sumOf(source, paths, parts);
}

function sumOf(
  source: string,
  paths: readonly string[],
  parts: readonly SourceChange[],
): SourceChange {
  const files = { newer: 0, changed: 0, deleted: 0, bytesNewer: 0 };
  for (const { files: part } of parts) {
    files.newer += part?.newer ?? 0;
    files.changed += part?.changed ?? 0;
    files.deleted += part?.deleted ?? 0;
    files.bytesNewer += part?.bytesNewer ?? 0;
  }
  const examples = parts
    .filter(({ files: part }) => (part?.newer ?? 0) + (part?.changed ?? 0) > 0)
    .map(({ live }) => live);
  return {
    source,
    engine: 'settings',
    live: paths.join(', '),
    files: { ...files, examples, samples: parts.flatMap(samplesOf) },
    bytes: parts.reduce((sum, part) => sum + part.bytes, 0),
    liveBytes: parts.reduce((sum, part) => sum + (part.liveBytes ?? 0), 0),
  };
}

/** Under the absolute path: a settings path may be a file or a folder. */
function samplesOf({ live, files }: SourceChange): readonly FileSample[] {
  const samples = files?.samples ?? [];
  return samples.map((sample) => ({ ...sample, path: join(live, sample.path) }));
}
