import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { CopiedBackup, CopyResult } from '../../../protocol/domain/copy.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { isArchiveName } from '../../archive/archive-suffix.ts';
import type { Config } from '../../config/config.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { realPathOf } from '../../os/real-path.ts';
import type { Work } from '../../os/work.ts';
import { describeArchive } from '../describe-archive.ts';
import type { CopyDesk, CopyItem, ImportOrder } from './copy-order.ts';
import { whyLeftOut } from './prove-copy.ts';
import { copyItems, openFarEnd, sumUp } from './run-copy.ts';

/**
 * Copies or moves all archives of a folder into a store, each verified there, fulls before their differentials.
 * What can't be read, is damaged or needs a full that is nowhere is left out with the reason; other files are
 * not looked at.
 */
export async function runImport(
  order: ImportOrder,
  installation: string,
  config: Config,
  desk: CopyDesk,
  work: Work,
): Promise<CopyResult> {
  const { store, move, there } = order;
  const { records, leftOut } = await readFolder(order.folder, work);
  const items = [...records.values()].toSorted(fullsFirst).map((record) => itemOf(record, there));
  const copy = { kind: 'copy', items, to: { kind: 'store', store }, move } as const;
  const far = await openFarEnd(copy, installation, config);
  await refuseItself(order.folder, far.destination.folder);
  const { results } = await copyItems(copy, far, desk, work, records);
  const foreign = results.map((result) => withInstallation(result, records, installation));
  return sumUp([...foreign, ...leftOut]);
}

interface Found {
  /** By id. */
  readonly records: ReadonlyMap<string, Backup>;
  readonly leftOut: readonly CopiedBackup[];
}

async function readFolder(folder: string, work: Work): Promise<Found> {
  const names = await readdir(folder).catch((error: unknown) => {
    const cause = errorCode(error) === 'ENOENT' ? 'there is no such folder' : errorMessage(error);
    const params = { operation: 'read', path: folder, cause };
    throw new KedgeError('io-failed', params, { cause: error });
  });
  const records = new Map<string, Backup>();
  const leftOut: CopiedBackup[] = [];
  const leave = (from: string, backup: string, bytes: number, why: string): void => {
    work.log('warning', `"${from}" was left out: ${why}`);
    leftOut.push({ backup, from, to: '', bytes, outcome: 'left out', why });
  };
  for (const name of names.filter(isArchiveName).toSorted()) {
    work.signal.throwIfAborted();
    work.progress('look', 0, 0);
    const path = join(folder, name);
    try {
      const record = await describeArchive(path, undefined, work.keys);
      const twin = records.get(record.id);
      if (twin === undefined) records.set(record.id, record);
      else leave(path, record.id, record.sizeBytes, `it is the same as "${basename(twin.path)}"`);
    } catch (error) {
      leave(path, '', 0, whyLeftOut(error) ?? errorMessage(error));
    }
  }
  return { records, leftOut };
}

async function refuseItself(folder: string, store: string): Promise<void> {
  if ((await realPathOf(folder)) !== (await realPathOf(store))) return;
  const why = 'it is the folder of the destination itself';
  throw new KedgeError('unavailable', { what: `importing "${folder}"`, why });
}

function fullsFirst(a: Backup, b: Backup): number {
  const rank = ({ kind }: Backup): number => (kind === 'full' ? 0 : 1);
  return rank(a) - rank(b) || a.capturedAtMs - b.capturedAtMs;
}

function itemOf(
  { id, kind, base, path, sizeBytes }: Backup,
  there: Readonly<Record<string, string>>,
): CopyItem {
  const lies = there[id];
  return {
    backup: id,
    kind,
    ...(base === undefined ? {} : { base }),
    from: path,
    sizeBytes,
    ...(lies === undefined ? {} : { there: lies }),
  };
}

function withInstallation(
  result: CopiedBackup,
  records: ReadonlyMap<string, Backup>,
  ours: string,
): CopiedBackup {
  const installation = records.get(result.backup)?.installation;
  return installation === undefined || installation === ours ? result : { ...result, installation };
}
