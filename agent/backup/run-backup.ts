import type { Backup, BackupKind } from '../../protocol/domain/backup.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { Archive } from '../archive/archive-reader.ts';
import type { Config } from '../config/config.ts';
import type { Keys, Work } from '../os/work.ts';
import type { ServiceControl } from '../services/service-control.ts';
import type { CaptureOrder, Source } from '../sources/source.ts';
import { archiveName, manualArchiveName } from './archive-name.ts';
import type { BackupOrder } from './backup-order.ts';
import { captureOrder } from './capture-order.ts';
import { type Captures, captureSources } from './capture-sources.ts';
import { configuredSources, type Measured, measureSources } from './configured-sources.ts';
import { type OpenDestination, openDestination, storeFolders } from './destination.ts';
import { keepIndex } from './kept-index.ts';
import { type OpenBase, openBase } from './open-base.ts';
import { openOutput } from './open-output.ts';
import { type ProofAtOnce, proveAtOnce } from './prove-at-once.ts';
import { Quiescence } from './quiescence.ts';
import { sealArchive } from './seal-archive.ts';
import { expectedArchiveBytes, namingSpace, refuseTooLarge, refuseWithoutSpace } from './space.ts';
import { identityOf, writeArchive } from './write-archive.ts';

/** Of a full; what a differential takes is only known when it is written, and a tenth is much. */
const differentialShare = 0.1;

/** What a backup found out before it writes anything. */
interface Prepared {
  readonly sources: readonly Source[];
  readonly destination: OpenDestination;
  readonly measured: Measured;
}

/** `note`: why a full was taken where a differential was asked for. */
export interface TakenBackup {
  readonly backup: Backup;
  readonly note?: string;
}

/**
 * Takes a backup. What it returns is sealed; verify is a job of its own. Where it fails or is
 * cancelled nothing is left behind, with one exception: writers that could not be let go on again
 * fail the job, but the backup stays.
 */
export async function takeBackup(
  order: BackupOrder,
  config: Config,
  work: Work,
  services: ServiceControl,
): Promise<TakenBackup> {
  const prepared = await prepare(order, config, work);
  const quiescence = new Quiescence(services, work.signal);
  const taken = await takeKind(order, config, prepared, quiescence, work);
  const [problem] = quiescence.problems;
  if (problem !== undefined) {
    work.log('info', `the backup itself is whole: "${taken.backup.path}"`);
    throw problem;
  }
  return taken;
}

/** The same without the note. */
export async function runBackup(
  order: BackupOrder,
  config: Config,
  work: Work,
  services: ServiceControl,
): Promise<Backup> {
  return (await takeBackup(order, config, work, services)).backup;
}

/** A differential where one was asked for and can be had; else a full, saying why. */
async function takeKind(
  order: BackupOrder,
  config: Config,
  prepared: Prepared,
  quiescence: Quiescence,
  work: Work,
): Promise<TakenBackup> {
  const take = (base?: OpenBase) =>
    captureAndWrite(order, config, prepared, base, quiescence, work);
  if (order.differential === undefined) return { backup: await take() };
  await using base = disposable(await openBase(order, config, work));
  const why = base.found === undefined ? base.why : await tryWith(base.found, take);
  if (typeof why !== 'string') return { backup: why };
  const note = `a full was taken instead of a differential: ${why}`;
  work.log('warning', note);
  return { backup: await take(), note };
}

/** The backup; or what is wrong with the base, which only reading it can show. */
async function tryWith(
  base: OpenBase,
  take: (base: OpenBase) => Promise<Backup>,
): Promise<Backup | string> {
  try {
    return await take(base);
  } catch (error) {
    const { code, params } = failureOf(error);
    if (code !== 'archive-damaged' || params['path'] !== base.archive.reader.path) throw error;
    return wordFailure({ code, params }).message;
  }
}

function disposable(opened: OpenBase | string) {
  const found = typeof opened === 'string' ? undefined : opened;
  const why = typeof opened === 'string' ? opened : '';
  return { found, why, [Symbol.asyncDispose]: async () => await found?.[Symbol.asyncDispose]() };
}

async function prepare(order: BackupOrder, config: Config, work: Work): Promise<Prepared> {
  const sources = configuredSources(config);
  const destination = await openDestination(order.destination, config, sources);
  const measured = await measureSources(sources, work.signal, work);
  for (const warning of measured.warnings) work.log('warning', warning);
  const full = expectedArchiveBytes(measured.contentBytes, order.lastRatio);
  const hasBase = order.differential !== undefined && 'base' in order.differential;
  const bytes = hasBase ? full * differentialShare : full;
  refuseTooLarge(destination, bytes, 'the archive as it is expected');
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
  base: OpenBase | undefined,
  quiescence: Quiescence,
  work: Work,
): Promise<Backup> {
  const { folder } = destination;
  // Begun first: a folder that can't be written to is found out before a long capture.
  await using pending = await destination.put(order.backupId).catch(async (error: unknown) => {
    throw await namingSpace(error, folder, 0);
  });
  await using captures = await capture(sources, measured, quiescence, work, (source) =>
    captureOrder(order, base, source.name),
  );
  try {
    const identity = identityOf(order, config, captures, base?.archive);
    const open = await openOutput(pending, order.locked?.lock, work);
    const { keys } = open;
    const totals = await writeArchive(open, identity, captures, measured, base?.members, work);
    const name = fileName(order, config, identity.kind);
    const proof = proofOf(order, config, base, { path: pending.path, keys }, work);
    const sealed = await sealArchive(pending, destination, name, { ...totals, keys }, proof.prove);
    return { ...sealed, ...proof.found() };
  } catch (error) {
    const { size } = await pending.file.stat();
    throw await namingSpace(error, folder, size);
  }
}

/** What is proven while the key of its making is at hand: nothing where one that stays here opens it too. */
function proofOf(
  { locked, indexFolder }: BackupOrder,
  config: Config,
  base: OpenBase | undefined,
  { path, keys }: { readonly path: string; readonly keys: Keys },
  work: Work,
): Partial<ProofAtOnce> & Pick<ProofAtOnce, 'found'> {
  if (locked?.verifyAtOnce !== true) return { found: () => ({}) };
  const proof = proveAtOnce(path, keys, storeFolders(config), work, base?.findIndex);
  return {
    found: proof.found,
    async prove(made) {
      await proof.prove(made);
      if (indexFolder !== undefined && made.header.kind === 'full') {
        await keepIndexSafely(made, indexFolder, work);
      }
    },
  };
}

/** Without it the next differential is a full, and that is all. */
async function keepIndexSafely(made: Archive, folder: string, work: Work): Promise<void> {
  await keepIndex(made, folder).catch((error: unknown) => {
    const { message } = wordFailure(failureOf(error));
    work.log('warning', `the index for later differentials could not be kept: ${message}`);
  });
}

async function capture(
  sources: readonly Source[],
  measured: Measured,
  quiescence: Quiescence,
  work: Work,
  orderOf: (source: Source) => CaptureOrder,
): Promise<Captures> {
  try {
    const captures = await captureSources(sources, work, quiescence, orderOf);
    if (captures.captured.length > 0) return captures;
    const problem = captures.gaps.map(({ reason }) => reason).join('; ');
    throw new KedgeError('nothing-captured', { problem: problem || 'no source is configured' });
  } catch (error) {
    throw await namingSpace(error, work.scratch, measured.scratchBytes);
  }
}

function fileName(order: BackupOrder, config: Config, kind: BackupKind): string {
  const isLocked = order.locked !== undefined;
  const manual = order.name === undefined ? undefined : manualArchiveName(order.name, isLocked);
  return manual ?? archiveName(config.application.id, order.zone, order.nowMs, kind, isLocked);
}
