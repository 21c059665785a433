import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import { noKeys } from '../archive/age/lock.ts';
import { type Archive, openArchive } from '../archive/archive-reader.ts';
import {
  type ArchiveIdentity,
  type ArchiveTotals,
  openArchiveWriter,
} from '../archive/archive-writer.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import type { Config } from '../config/config.ts';
import type { NewLock } from '../keys/lock-for.ts';
import { toolVersion } from '../os/tool-version.ts';
import type { Work } from '../os/work.ts';
import { archiveName, manualArchiveName } from './archive-name.ts';
import { configuredSources } from './configured-sources.ts';
import { openDestination, storeFolders } from './destination.ts';
import { newMemberOf } from './new-member-of.ts';
import { type OpenOutput, openOutput } from './open-output.ts';
import { proveAtOnce } from './prove-at-once.ts';
import { holdsTheSame } from './same-members.ts';
import { sealArchive } from './seal-archive.ts';
import { expectedArchiveBytes, namingSpace, refuseTooLarge, refuseWithoutSpace } from './space.ts';

export interface ConsolidateOrder {
  /** The file of the differential. */
  readonly path: string;
  /** Of the full that is made. */
  readonly backupId: string;
  readonly destination: Destination;
  /** What the user calls it; absent: named after the application and the moment that it holds. */
  readonly name?: string | undefined;
  /** Absent: what is made is not encrypted. */
  readonly locked?: NewLock | undefined;
}

/**
 * Makes a full of a differential and its full, without the sources: of the same moment, with the same
 * content and the same gaps, and sealed as any backup. Where it fails or is cancelled nothing is left.
 */
export async function runConsolidate(
  order: ConsolidateOrder,
  config: Config,
  work: Work,
): Promise<Backup> {
  const destination = await openDestination(order.destination, config, configuredSources(config));
  const { keys = noKeys } = work;
  await using reader = await openArchiveFile(order.path, keys);
  await using chain = await openChain(reader, findBaseIn(order.path, storeFolders(config), keys));
  if (reader.encryption !== undefined && order.locked === undefined) throw inTheClear(order.path);
  const { folder } = destination;
  const bytes = expectedBytes(chain);
  refuseTooLarge(destination, bytes, 'the full as it is expected');
  await refuseWithoutSpace([{ folder, bytes }]);
  const identity = await identityOf(chain, order.backupId);
  await using pending = await destination.put(order.backupId).catch(async (error: unknown) => {
    throw await namingSpace(error, folder, 0);
  });
  try {
    const open = await openOutput(pending, order.locked?.lock, work);
    const totals = await copyMembers(chain, open, identity, work);
    const proof = proveAtOnce(pending.path, open.keys, [], work);
    const prove = async (made: Archive) => {
      await holdsTheSame(made, chain);
      if (order.locked?.verifyAtOnce === true) await proof.prove(made);
    };
    const written = { ...totals, keys: open.keys };
    const name = fileName(order, chain);
    return { ...(await sealArchive(pending, destination, name, written, prove)), ...proof.found() };
  } catch (error) {
    const { size } = await pending.file.stat();
    throw await namingSpace(error, folder, size);
  }
}

/** What a full answers that was to be consolidated. */
export function standsAlone(path: string): KedgeError {
  return new KedgeError('stands-alone', { path });
}

/** What was encrypted is not written in the clear because the configuration has changed since. */
function inTheClear(path: string): KedgeError {
  const why = 'it is encrypted, and the configuration has no encryption for what is made of it';
  return new KedgeError('unavailable', { what: `consolidating "${path}"`, why });
}

/** The base packs as what it made of its content; what is new in the differential is counted as it lies there. */
function expectedBytes({ base, header, reader }: Chain): number {
  if (base === undefined) throw standsAlone(reader.path);
  const { contentBytes } = base.header;
  const ratio = contentBytes === 0 ? undefined : base.reader.sizeBytes / contentBytes;
  return expectedArchiveBytes(header.contentBytes, ratio) + reader.sizeBytes;
}

async function identityOf({ header, reader }: Chain, backupId: string): Promise<ArchiveIdentity> {
  const { installation, host, capturedAtNs, zone, origin, schedule, engines } = header;
  const { id, name, version } = header.application;
  return {
    backupId,
    installation,
    host,
    application: version === undefined ? { id, name } : { id, name, version },
    capturedAtNs,
    zone,
    kind: 'full',
    origin,
    ...(schedule === undefined ? {} : { schedule }),
    toolVersion: toolVersion(),
    engines,
    applicationConfig: await (await openArchive(reader)).text('.kedge/application.jsonc'),
  };
}

async function copyMembers(
  chain: Chain,
  { output, spool }: OpenOutput,
  identity: ArchiveIdentity,
  work: Work,
): Promise<ArchiveTotals> {
  const { outcome, gaps, notes = [], attributes = false, contentBytes } = chain.header;
  await using writer = await openArchiveWriter(output, spool, identity, work.signal);
  let done = 0;
  work.progress('consolidate', 0, contentBytes);
  for await (const member of chain.members()) {
    work.signal.throwIfAborted();
    await writer.add(await newMemberOf(chain, member, work.signal), (bytes) => {
      done += bytes;
      work.progress('consolidate', done, Math.max(done, contentBytes));
    });
  }
  work.progress('seal', 0, 0);
  return await writer.finish({ outcome, gaps, notes, attributes });
}

function fileName({ name, locked }: ConsolidateOrder, { header }: Chain): string {
  const isLocked = locked !== undefined;
  const manual = name === undefined ? undefined : manualArchiveName(name, isLocked);
  const capturedAtMs = Number(header.capturedAtNs / 1_000_000n);
  const { application, zone } = header;
  return manual ?? archiveName(application.id, zone, capturedAtMs, 'full', isLocked);
}
