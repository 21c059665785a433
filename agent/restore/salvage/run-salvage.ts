import { join } from 'node:path';
import type { LostMember, SalvageResult } from '../../../protocol/domain/salvage.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { noKeys } from '../../archive/age/lock.ts';
import { isOwn, ownFolder } from '../../archive/member-name.ts';
import { openArchiveFile } from '../../archive/open-archive-file.ts';
import { namingSpace } from '../../backup/space.ts';
import { exists, removeTree } from '../../os/files.ts';
import { syncFileSystem } from '../../os/sync-tree.ts';
import type { Work } from '../../os/work.ts';
import type { FoundMember, Loss } from './finding.ts';
import { readAroundHoles } from './holed-reader.ts';
import { openReport, type SalvageReport } from './salvage-report.ts';
import { isBroughtBack, type PartialMember, SalvageTarget, type Saved } from './salvage-target.ts';
import { openSalvageable, type Salvageable } from './salvageable.ts';

export interface SalvageOrder {
  readonly path: string;
  readonly folder: string;
  /** The full of a differential; absent: looked for beside it and in the stores. */
  readonly base?: string | undefined;
}

/**
 * Brings every member of a damaged archive that is whole into a new or empty folder, and names what is lost.
 * Fails with nothing-salvaged, folder-not-empty, archive-newer.
 */
export async function runSalvage(
  order: SalvageOrder,
  stores: readonly string[],
  work: Work,
): Promise<SalvageResult> {
  const { keys = noKeys } = work;
  await using reader = readAroundHoles(await openArchiveFile(order.path, keys, true));
  const isNew = !(await exists(order.folder));
  const progress = { done: 0, total: 0 };
  const target = await SalvageTarget.open(order.folder, work.signal, (bytes) => {
    const { done, total } = progress;
    // What Kedge adds does not count as content.
    progress.done = total > 0 ? Math.min(done + bytes, total) : done + bytes;
    work.progress('salvage', progress.done, total);
  });
  try {
    await using report = await openReport(order.folder);
    await using found = await openSalvageable(reader, order, stores, work);
    progress.total = found.contentBytes;
    await bringBack(found, target, report, work);
    await report.finish();
    if (isNothing(report, found)) throw nothingSalvaged(order.path);
    await syncFileSystem(order.folder);
    return resultOf(order, found, report, target.notes);
  } catch (error) {
    if (isNothingSalvaged(error)) await removeTree(join(order.folder, isNew ? '' : ownFolder));
    throw await namingSpace(error, order.folder, progress.done);
  }
}

async function bringBack(
  found: Salvageable,
  target: SalvageTarget,
  report: SalvageReport,
  work: Work,
): Promise<void> {
  for await (const finding of found.findings()) {
    work.signal.throwIfAborted();
    if (finding.kind === 'lost') await report.lose(lineOf(finding));
    else if (isBroughtBack(finding.header.name)) await bringOne(finding, target, report);
  }
  for (const partial of await target.finish()) await report.lose(partialLine(partial));
}

async function bringOne(
  member: FoundMember,
  target: SalvageTarget,
  report: SalvageReport,
): Promise<void> {
  const saved = await target.save(member);
  switch (saved.kind) {
    case 'whole':
      return await report.saved(savedLine(member, saved), isOwn(member.header.name));
    case 'lost':
      return await report.lose(lineOf({ ...saved, kind: 'lost', name: member.header.name }));
    case 'partial':
      return;
    default:
      return saved satisfies never;
  }
}

function savedLine({ header }: FoundMember, { proof, differs }: Extract<Saved, { kind: 'whole' }>) {
  return {
    saved: header.name.toString(),
    kind: header.kind,
    bytes: header.sizeBytes,
    ...(proof === undefined ? {} : { proof }),
    ...(differs ? { note: 'SHA256SUMS names another content: it may be an earlier state' } : {}),
  };
}

function lineOf({ name, reason, detail, at, bytes }: Loss): LostMember {
  return {
    ...(name === undefined ? {} : { name: name.toString() }),
    reason,
    ...(detail === undefined ? {} : { detail }),
    parts: at === undefined ? [] : [{ at, bytes: bytes ?? 0 }],
  };
}

function partialLine({ header, path, reason, lost }: PartialMember): LostMember {
  return { name: header.name.toString(), reason, parts: lost, partial: path };
}

function isNothing(report: SalvageReport, { index }: Salvageable): boolean {
  const hasPart = report.lost.some(({ partial }) => partial !== undefined);
  const isLost = report.lostCount() > 0 || index === 'lost';
  return report.counts.members === 0 && isLost && !hasPart;
}

function nothingSalvaged(path: string): KedgeError {
  const why = 'none of its frames with members is whole, or it is no archive of Kedge';
  return new KedgeError('nothing-salvaged', { path, why });
}

function isNothingSalvaged(error: unknown): boolean {
  return error instanceof KedgeError && error.failure.code === 'nothing-salvaged';
}

function resultOf(
  { path, folder }: SalvageOrder,
  { index, backup, notes }: Salvageable,
  report: SalvageReport,
  more: readonly string[],
): SalvageResult {
  return {
    path,
    folder,
    ...(backup === undefined ? {} : { backup }),
    index,
    ...report.counts,
    lostCount: report.lostCount(),
    lost: report.lost,
    notes: [...notes, ...more],
    report: report.path,
  };
}
