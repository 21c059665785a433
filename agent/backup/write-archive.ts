import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { Gap } from '../../protocol/domain/backup.ts';
import type { Archive } from '../archive/archive-reader.ts';
import type { ArchiveIdentity, ArchiveTotals, ArchiveWriter } from '../archive/archive-writer.ts';
import { openArchiveWriter } from '../archive/archive-writer.ts';
import type { BaseMembers } from '../archive/base-members.ts';
import type { Config } from '../config/config.ts';
import { toolVersion } from '../os/tool-version.ts';
import type { Work } from '../os/work.ts';
import type { IsKnown } from '../sources/source.ts';
import { engineVersion } from '../sources/source-kinds.ts';
import type { BackupOrder } from './backup-order.ts';
import type { Captured, Captures } from './capture-sources.ts';
import type { Measured } from './configured-sources.ts';
import type { OpenOutput } from './open-output.ts';

const gapsAtMost = 1000;

/** Writes all captured members and what closes an archive into a pending file. */
export async function writeArchive(
  { output, spool }: OpenOutput,
  identity: ArchiveIdentity,
  captures: Captures,
  measured: Measured,
  base: BaseMembers | undefined,
  work: Work,
): Promise<ArchiveTotals> {
  await using writer = await openArchiveWriter(output, spool, identity, work.signal, base);
  const isKnown: IsKnown = (header, asked) => base?.isKnown(header, asked) === true;
  for (const captured of captures.captured) {
    await addMembers(writer, captured, measured, isKnown, work);
    await captured.hold[Symbol.asyncDispose]();
  }
  const all = [...captures.gaps, ...captures.captured.flatMap(({ capture }) => capture.gaps)];
  const gaps = shorten(all);
  const outcome = gaps.length === 0 ? 'complete' : 'complete with named gaps';
  work.progress('seal', 0, 0);
  const notes = new Set(captures.captured.flatMap(({ capture }) => capture.notes ?? []));
  return await writer.finish({ outcome, gaps, notes: [...notes], attributes: notes.size === 0 });
}

async function addMembers(
  writer: ArchiveWriter,
  { source, capture }: Captured,
  measured: Measured,
  isKnown: IsKnown,
  work: Work,
): Promise<void> {
  const expected = measured.bySource.get(source.name)?.contentBytes ?? 0;
  const step = `read ${source.name}`;
  let done = 0;
  work.progress(step, 0, expected);
  const { engine } = source;
  for await (const member of capture.members(work.signal, isKnown)) {
    work.signal.throwIfAborted();
    await writer.add({ ...member, engine }, (bytes) => {
      done += bytes;
      work.progress(step, done, Math.max(done, expected));
    });
  }
}

/** A folder closed to Kedge may hold a million files: the list stays readable, the number true. */
function shorten(gaps: readonly Gap[]): readonly Gap[] {
  if (gaps.length <= gapsAtMost) return gaps;
  // Whole sources first: they decide whether the backup is good.
  const sorted = gaps.toSorted((a, b) => Number(b.kind === 'source') - Number(a.kind === 'source'));
  const [first] = sorted.slice(gapsAtMost);
  const more = gaps.length - gapsAtMost;
  const reason = `${more} more files are not in this backup`;
  return [
    ...sorted.slice(0, gapsAtMost),
    { kind: 'file', source: first?.source ?? '', path: '', reason },
  ];
}

export function identityOf(
  order: BackupOrder,
  config: Config,
  captures: Captures,
  base: Archive | undefined,
): ArchiveIdentity {
  const engines = new Set(captures.captured.map(({ source }) => source.engine));
  const { id, name, version } = config.application;
  return {
    backupId: order.backupId,
    installation: order.installation,
    host: hostname(),
    application: version === undefined ? { id, name } : { id, name, version },
    capturedAtNs: BigInt(order.nowMs) * 1_000_000n,
    zone: order.zone,
    ...kindOf(base),
    origin: order.origin,
    ...(order.schedule === undefined ? {} : { schedule: order.schedule }),
    toolVersion: toolVersion(),
    engines: Object.fromEntries([...engines].map((engine) => [engine, engineVersion(engine)])),
    applicationConfig: order.configText,
  };
}

function kindOf(base: Archive | undefined): Pick<ArchiveIdentity, 'kind' | 'base'> {
  if (base === undefined) return { kind: 'full' };
  const { header, indexSha256, reader } = base;
  const fileName = basename(reader.path);
  return { kind: 'differential', base: { id: header.backupId, indexSha256, fileName } };
}
