import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import { fileOutput } from '../archive/archive-output.ts';
import { openArchive } from '../archive/archive-reader.ts';
import {
  type ArchiveIdentity,
  type ArchiveTotals,
  openArchiveWriter,
} from '../archive/archive-writer.ts';
import { openFileReader } from '../archive/file-reader.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import type { Config } from '../config/config.ts';
import { toolVersion } from '../os/tool-version.ts';
import type { Work } from '../os/work.ts';
import type { PendingArchive } from '../stores/store.ts';
import { archiveName, manualArchiveName } from './archive-name.ts';
import { configuredSources } from './configured-sources.ts';
import { type OpenDestination, openDestination, storeFolders } from './destination.ts';
import { newMemberOf } from './new-member-of.ts';
import { holdsTheSame } from './same-members.ts';
import { sealArchive } from './seal-archive.ts';
import { expectedArchiveBytes, namingSpace, refuseWithoutSpace } from './space.ts';

export interface ConsolidateOrder {
  /** The file of the differential. */
  readonly path: string;
  /** Of the full that is made. */
  readonly backupId: string;
  readonly destination: Destination;
  /** What the user calls it; absent: named after the application and the moment that it holds. */
  readonly name?: string | undefined;
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
  await using reader = await openFileReader(order.path);
  await using chain = await openChain(reader, findBaseIn(order.path, storeFolders(config)));
  const { folder } = destination;
  await refuseWithoutSpace([{ folder, bytes: expectedBytes(chain) }]);
  const identity = await identityOf(chain, order.backupId);
  await using pending = await destination.put(order.backupId).catch(async (error: unknown) => {
    throw await namingSpace(error, folder, 0);
  });
  try {
    const totals = await copyMembers(chain, pending, identity, work);
    return await seal(chain, pending, destination, fileName(order, chain), totals);
  } catch (error) {
    const { size } = await pending.file.stat();
    throw await namingSpace(error, folder, size);
  }
}

/** What a full answers that was to be consolidated. */
export function standsAlone(path: string): KedgeError {
  const why = 'it is a full, which stands alone already';
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
  { file, path }: PendingArchive,
  identity: ArchiveIdentity,
  work: Work,
): Promise<ArchiveTotals> {
  const { outcome, gaps, contentBytes } = chain.header;
  await using writer = await openArchiveWriter(fileOutput(file, path), path, identity, work.signal);
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
  return await writer.finish({ outcome, gaps });
}

async function seal(
  chain: Chain,
  pending: PendingArchive,
  destination: OpenDestination,
  fileName: string,
  totals: ArchiveTotals,
): Promise<Backup> {
  return await sealArchive(pending, destination, fileName, totals, (made) =>
    holdsTheSame(made, chain),
  );
}

function fileName({ name }: ConsolidateOrder, { header }: Chain): string {
  const manual = name === undefined ? undefined : manualArchiveName(name);
  const capturedAtMs = Number(header.capturedAtNs / 1_000_000n);
  return manual ?? archiveName(header.application.id, header.zone, capturedAtMs);
}
