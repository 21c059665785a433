import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { Config } from '../config/config.ts';
import type { Work } from '../os/work.ts';
import type { ServiceControl } from '../services/service-control.ts';
import type { Source } from '../sources/source.ts';
import { archiveName, manualArchiveName } from './archive-name.ts';
import type { BackupOrder } from './backup-order.ts';
import { type Captures, captureSources } from './capture-sources.ts';
import { configuredSources, type Measured, measureSources } from './configured-sources.ts';
import { type OpenDestination, openDestination } from './destination.ts';
import { Quiescence } from './quiescence.ts';
import { sealArchive } from './seal-archive.ts';
import { expectedArchiveBytes, namingSpace, refuseWithoutSpace } from './space.ts';
import { identityOf, writeArchive } from './write-archive.ts';

/** What a backup found out before it writes anything. */
interface Prepared {
  readonly sources: readonly Source[];
  readonly destination: OpenDestination;
  readonly measured: Measured;
}

/**
 * Takes a full backup. What it returns is sealed; verify is a job of its own. Where it fails or is
 * cancelled nothing is left behind, with one exception: writers that could not be let go on again
 * fail the job, but the backup stays.
 */
export async function runBackup(
  order: BackupOrder,
  config: Config,
  work: Work,
  services: ServiceControl,
): Promise<Backup> {
  const prepared = await prepare(order, config, work);
  const quiescence = new Quiescence(services, work.signal);
  const backup = await captureAndWrite(order, config, prepared, quiescence, work);
  const [problem] = quiescence.problems;
  if (problem !== undefined) {
    work.log('info', `the backup itself is whole: "${backup.path}"`);
    throw problem;
  }
  return backup;
}

async function prepare(order: BackupOrder, config: Config, work: Work): Promise<Prepared> {
  const sources = configuredSources(config);
  const destination = await openDestination(order.destination, config, sources);
  const measured = await measureSources(sources, work.signal);
  const bytes = expectedArchiveBytes(measured.contentBytes, order.lastRatio);
  await refuseWithoutSpace([
    { folder: destination.folder, bytes },
    { folder: work.scratch, bytes: measured.scratchBytes },
  ]);
  return { sources, destination, measured };
}

async function captureAndWrite(
  order: BackupOrder,
  config: Config,
  { sources, destination, measured }: Prepared,
  quiescence: Quiescence,
  work: Work,
): Promise<Backup> {
  const { folder } = destination;
  // Begun first: a folder that can't be written to is found out before a long capture.
  await using pending = await destination.put(order.backupId).catch(async (error: unknown) => {
    throw await namingSpace(error, folder, 0);
  });
  await using captures = await capture(sources, measured, quiescence, work);
  try {
    const identity = identityOf(order, config, captures);
    const totals = await writeArchive(pending, identity, captures, measured, work);
    return await sealArchive(pending, destination, fileName(order, config), totals);
  } catch (error) {
    const { size } = await pending.file.stat();
    throw await namingSpace(error, folder, size);
  }
}

async function capture(
  sources: readonly Source[],
  measured: Measured,
  quiescence: Quiescence,
  work: Work,
): Promise<Captures> {
  try {
    const captures = await captureSources(sources, work, quiescence);
    if (captures.captured.length > 0) return captures;
    const problem = captures.gaps.map(({ reason }) => reason).join('; ');
    throw new KedgeError('nothing-captured', { problem: problem || 'no source is configured' });
  } catch (error) {
    throw await namingSpace(error, work.scratch, measured.scratchBytes);
  }
}

function fileName(order: BackupOrder, config: Config): string {
  const manual = order.name === undefined ? undefined : manualArchiveName(order.name);
  return manual ?? archiveName(config.application.id, order.zone, order.nowMs);
}
