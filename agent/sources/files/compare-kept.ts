import type { FileSample, SourceChange } from '../../../protocol/domain/restore.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { exists } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import type { CompareKept, KeptSource } from '../kept-order.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { leftOutBy } from '../tree/left-out.ts';
import { type Entry, walk } from '../tree/walk.ts';
import { compareTree } from './compare.ts';

const samplesAtMost = 12;

/** Folders and single files, by name, size and time. */
export const compareKeptTrees: CompareKept = async (order, work) => {
  const changes: SourceChange[] = [];
  for (const item of order.items) changes.push(await compareItem(order, item, work));
  return {
    source: order.source,
    engine: order.engine,
    live: order.items.map(({ live }) => live).join(', '),
    files: filesOf(changes),
    bytes: sum(changes, ({ bytes }) => bytes),
    liveBytes: sum(changes, ({ liveBytes }) => liveBytes ?? 0),
    ...problemOf(order, changes),
  };
};

async function compareItem(
  { source }: KeptSource,
  { live, kept, leaveOut = [], lists }: KeptSource['items'][number],
  work: Work,
): Promise<SourceChange> {
  work.progress(`compare ${source}`, 0, 0);
  if (lists !== undefined) return { source, engine: 'files', live, bytes: 0 };
  const archived = treeAt(source, kept);
  return await compareTree({ source, live, leaveOut, archived }, work.signal);
}

/** A tree on disk as if it were in an archive. */
function treeAt(name: string, root: string | undefined): ArchivedSource {
  return {
    name,
    gaps: [],
    async *members() {
      if (root === undefined || !(await exists(root))) return;
      for (const found of walk(Buffer.from(root), leftOutBy([]))) {
        if (found.kind === 'entry') yield memberOf(name, found);
      }
    },
    // biome-ignore lint/correctness/useYield: what is on disk is compared where it lies.
    async *content() {
      throw new Error(`the content of "${name}" is not asked for`);
    },
  };
}

function memberOf(name: string, { relative, stat }: Entry): IndexMember {
  const isFile = stat.isFile();
  const below = relative.length === 0 ? [] : [Buffer.from('/'), relative];
  return {
    name: Buffer.concat([Buffer.from(name), ...below]),
    kind: stat.isDirectory() ? 'directory' : 'file',
    sizeBytes: isFile ? Number(stat.size) : 0,
    mode: 0,
    uid: 0,
    gid: 0,
    mtimeNs: stat.mtimeNs,
    firstFrame: 0,
    offset: 0,
  };
}

function filesOf(changes: readonly SourceChange[]): NonNullable<SourceChange['files']> {
  const all = changes.flatMap(({ files }) => files ?? []);
  const samples: readonly FileSample[] = all.flatMap((files) => files.samples ?? []);
  return {
    newer: sum(all, ({ newer }) => newer),
    changed: sum(all, ({ changed }) => changed),
    deleted: sum(all, ({ deleted }) => deleted),
    bytesNewer: sum(all, ({ bytesNewer }) => bytesNewer),
    examples: all.flatMap(({ examples }) => examples).slice(0, samplesAtMost),
    samples: samples.slice(0, samplesAtMost),
  };
}

function problemOf({ items }: KeptSource, changes: readonly SourceChange[]) {
  const isPart = items.some(({ lists }) => lists !== undefined);
  const problem = isPart
    ? 'only some files of it were restored: what the undo changes in them is not counted'
    : changes.find((change) => change.problem !== undefined)?.problem;
  return problem === undefined ? {} : { problem };
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}
