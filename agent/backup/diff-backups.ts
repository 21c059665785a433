import type {
  BackupDiff,
  DatabaseDiff,
  DiffSide,
  MemberTotals,
} from '../../protocol/domain/diff.ts';
import { noKeys } from '../archive/age/lock.ts';
import type { IndexMember } from '../archive/member.ts';
import { sourceOf } from '../archive/member-name.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import type { Work } from '../os/work.ts';
import { contentDiffOf } from '../sources/source-kinds.ts';
import { type ChangedContent, diffContents } from './diff-contents.ts';
import { DiffList } from './diff-list.ts';
import { KnownMembers, removedEntry } from './known-members.ts';

export interface DiffOrder {
  readonly before: string;
  readonly after: string;
  /** Whether databases that differ are unpacked and compared row by row. */
  readonly rows: boolean;
}

/**
 * What changed from one backup to another, from their indexes alone: content is only read for rows. The list of
 * all that differs goes to the new file `list`.
 */
export async function diffBackups(
  order: DiffOrder,
  stores: readonly string[],
  list: string,
  work: Work,
): Promise<BackupDiff> {
  const { keys = noKeys } = work;
  await using beforeFile = await openArchiveFile(order.before, keys);
  await using before = await openChain(beforeFile, findBaseIn(order.before, stores, keys));
  await using afterFile = await openArchiveFile(order.after, keys);
  await using after = await openChain(afterFile, findBaseIn(order.after, stores, keys));
  await using found = new DiffList(work.scratch);
  const changed = await compareMembers(before, after, found, work);
  const databases = order.rows ? await diffContents(before, after, changed, work) : [];
  await found.save(list);
  return {
    before: sideOf(before),
    after: sideOf(after),
    sources: sourcesOf(before, after, found, databases),
    entries: found.entries,
    databases: changed.length,
    rows: order.rows,
  };
}

/** Answers what of an engine's content differs, so that it could be looked into. */
async function compareMembers(
  before: Chain,
  after: Chain,
  found: DiffList,
  work: Work,
): Promise<readonly ChangedContent[]> {
  const known = new KnownMembers();
  work.progress('read the first list of files', 0, 0);
  for await (const member of before.members()) {
    work.signal.throwIfAborted();
    known.add(member);
  }
  const changed = new Map<string, IndexMember>();
  work.progress('compare the second with it', 0, 0);
  for await (const member of after.members()) {
    work.signal.throwIfAborted();
    const entry = known.meet(member);
    if (entry === undefined) continue;
    if (entry.what?.includes('content') && contentDiffOf(member.engine ?? '') !== undefined)
      changed.set(member.name.toString('latin1'), member);
    await found.add(sourceOf(member.name), entry);
  }
  return await findRemoved(before, known, changed, found, work);
}

async function findRemoved(
  before: Chain,
  known: KnownMembers,
  changed: ReadonlyMap<string, IndexMember>,
  found: DiffList,
  work: Work,
): Promise<readonly ChangedContent[]> {
  const pairs: ChangedContent[] = [];
  let ordinal = 0;
  for await (const member of before.members()) {
    work.signal.throwIfAborted();
    if (!known.isMet(ordinal++)) await found.add(sourceOf(member.name), removedEntry(member));
    const now = changed.get(member.name.toString('latin1'));
    if (now !== undefined) pairs.push({ before: member, after: now });
  }
  return pairs;
}

function sideOf({ header, reader }: Chain): DiffSide {
  const capturedAtMs = Number(header.capturedAtNs / 1_000_000n);
  return { backup: header.backupId, path: reader.path, capturedAtMs };
}

function sourcesOf(
  before: Chain,
  after: Chain,
  found: DiffList,
  databases: readonly DatabaseDiff[],
): BackupDiff['sources'] {
  const all = [...after.header.sources, ...before.header.sources];
  const engines = new Map(all.map(({ name, engine }) => [name, engine]));
  return [...engines].map(([source, engine]) => ({
    source,
    engine,
    before: totalsOf(before, source),
    after: totalsOf(after, source),
    ...found.of(source),
    databases: databases.filter(({ name }) => sourceOf(Buffer.from(name)) === source),
  }));
}

function totalsOf({ header }: Chain, source: string): MemberTotals {
  const summary = header.sources.find(({ name }) => name === source);
  return { members: summary?.members ?? 0, bytes: summary?.bytes ?? 0 };
}
