import type { SourceChange } from '../../../protocol/domain/restore.ts';
import { pathBelow } from '../member-path.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { leftOutBy } from '../tree/left-out.ts';
import { walk } from '../tree/walk.ts';

const exampleCount = 8;

interface Then {
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
}

/**
 * What is live beside what is in the backup. newer: only live; changed: both, of another size or time;
 * deleted: only in the backup. The bytes are those that are live in newer and changed files.
 */
export async function compareTree(
  order: {
    readonly source: string;
    readonly live: string;
    readonly leaveOut: readonly string[];
    readonly archived: ArchivedSource;
  },
  signal: AbortSignal,
): Promise<SourceChange> {
  const { then, bytes } = await filesThen(order.archived);
  let [newer, changed, bytesNewer] = [0, 0, 0];
  const examples: string[] = [];
  for (const found of walk(Buffer.from(order.live), leftOutBy(order.leaveOut))) {
    signal.throwIfAborted();
    if (found.kind === 'problem' || found.stat.isDirectory()) continue;
    const key = found.relative.toString('latin1');
    const before = then.get(key);
    then.delete(key);
    const now = { sizeBytes: sizeOf(found.stat), mtimeNs: found.stat.mtimeNs };
    if (before !== undefined && isSame(before, now)) continue;
    if (before === undefined) newer += 1;
    else changed += 1;
    bytesNewer += now.sizeBytes;
    if (examples.length < exampleCount) examples.push(found.relative.toString());
  }
  const files = { newer, changed, deleted: then.size, bytesNewer, examples };
  return { source: order.source, engine: 'files', live: order.live, files, bytes };
}

async function filesThen(archived: ArchivedSource) {
  const then = new Map<string, Then>();
  let bytes = 0;
  for await (const member of archived.members()) {
    if (member.kind === 'directory') continue;
    const key = pathBelow(member.name, archived.name).toString('latin1');
    then.set(key, member.kind === 'hardlink' ? anyFile : member);
    bytes += member.sizeBytes;
  }
  return { then, bytes };
}

/** A further name of a file that is compared under its first one. */
const anyFile: Then = { sizeBytes: -1, mtimeNs: 0n };

function isSame(then: Then, now: Then): boolean {
  if (then === anyFile) return true;
  const apart = then.mtimeNs - now.mtimeNs;
  // To the microsecond: more a restored time does not hold.
  return then.sizeBytes === now.sizeBytes && apart > -1000n && apart < 1000n;
}

function sizeOf(stat: { isFile(): boolean; readonly size: bigint }): number {
  return stat.isFile() ? Number(stat.size) : 0;
}
