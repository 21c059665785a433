import type { SourceChange } from '../../../protocol/domain/restore.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { pathBelow } from '../member-path.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { breather } from '../tree/breathe.ts';
import { leftOutBy } from '../tree/left-out.ts';
import { vanished } from '../tree/read-problem.ts';
import { type Entry, type Found, type LeftOut, walk } from '../tree/walk.ts';
import { contentComparer } from './compare-content.ts';
import { FileSamples } from './compare-samples.ts';

interface Then {
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
  readonly sha256?: string | undefined;
  /** A further name of a file that is compared under its first one. */
  readonly isLink: boolean;
}

/**
 * What is live beside what is in the backup. newer: only live; changed: both, with other content; deleted: only in
 * the backup. Sizes and times decide; content is read where only the time differs, and of that so much at most.
 * The bytes are those that are live in newer and changed files.
 */
export async function compareTree(
  order: {
    readonly source: string;
    readonly live: string;
    readonly leaveOut: readonly string[];
    /** Instead of the patterns: of a part of the tree. */
    readonly isLeftOut?: LeftOut;
    readonly archived: ArchivedSource;
  },
  signal: AbortSignal,
): Promise<SourceChange> {
  const breathe = breather(signal);
  const isLeftOut = order.isLeftOut ?? leftOutBy(order.leaveOut);
  const { then, bytes } = await filesThen(order.archived);
  const hasSameContent = contentComparer(signal);
  let [newer, changed, bytesNewer, liveBytes] = [0, 0, 0, 0];
  const samples = new FileSamples();
  const problems: string[] = [];
  for (const found of filesIn(order.live, isLeftOut, problems)) {
    await breathe();
    const key = found.relative.toString('latin1');
    const before = then.get(key);
    then.delete(key);
    const sizeBytes = sizeOf(found);
    liveBytes += sizeBytes;
    if (before !== undefined && (await isSame(before, found, hasSameContent))) continue;
    if (before === undefined) newer += 1;
    else changed += 1;
    bytesNewer += sizeBytes;
    const change = before === undefined ? 'new' : 'changed';
    samples.add(change, found.relative, { sizeBytes, mtimeNs: found.stat.mtimeNs });
  }
  for (const [key, gone] of then) samples.add('deleted', Buffer.from(key, 'latin1'), gone);
  const { all } = samples;
  const examples = all.filter(({ change }) => change !== 'deleted').map(({ path }) => path);
  const files = { newer, changed, deleted: then.size, bytesNewer, examples, samples: all };
  const parts = { source: order.source, engine: 'files', live: order.live, files };
  const [problem] = problems;
  return { ...parts, bytes, liveBytes, ...(problem !== undefined && { problem }) };
}

function* filesIn(live: string, isLeftOut: LeftOut, problems: string[]): Generator<Entry> {
  for (const found of walk(Buffer.from(live), isLeftOut)) {
    if (found.kind === 'problem') problems.push(...wordProblem(found));
    else if (!found.stat.isDirectory()) yield found;
  }
}

async function filesThen(archived: ArchivedSource) {
  const then = new Map<string, Then>();
  let bytes = 0;
  for await (const member of archived.members()) {
    if (member.kind === 'directory') continue;
    const key = pathBelow(member.name, archived.name).toString('latin1');
    then.set(key, thenOf(member));
    bytes += member.sizeBytes;
  }
  return { then, bytes };
}

function thenOf({ kind, sizeBytes, mtimeNs, sha256 }: IndexMember): Then {
  return { sizeBytes, mtimeNs, sha256, isLink: kind === 'hardlink' };
}

async function isSame(
  then: Then,
  now: Entry,
  hasSameContent: (path: Buffer, sizeBytes: number, sha256: string) => Promise<boolean>,
): Promise<boolean> {
  if (then.isLink) return true;
  const sizeBytes = sizeOf(now);
  if (then.sizeBytes !== sizeBytes) return false;
  const apart = then.mtimeNs - now.stat.mtimeNs;
  // To the microsecond: more a restored time does not hold.
  if (apart > -1000n && apart < 1000n) return true;
  if (then.sha256 === undefined || !now.stat.isFile()) return false;
  return await hasSameContent(now.path, sizeBytes, then.sha256);
}

function sizeOf({ stat }: Entry): number {
  return stat.isFile() ? Number(stat.size) : 0;
}

/** None: it is not there, which the numbers say; but where nothing at all is, that is worth a word. */
function wordProblem({ relative, reason }: Extract<Found, { kind: 'problem' }>): readonly string[] {
  if (reason === vanished) return relative.length === 0 ? ['nothing is there now'] : [];
  const what = relative.length === 0 ? 'it' : `"${relative.toString()}"`;
  return [`what is newer in ${what} is not counted: ${reason}`];
}
