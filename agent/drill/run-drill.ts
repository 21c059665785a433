import { join } from 'node:path';
import type { DrillProbe, DrillResult } from '../../protocol/domain/drill.ts';
import { noKeys } from '../archive/age/lock.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { storeFolders } from '../backup/destination.ts';
import { refuseWithoutSpace } from '../backup/space.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { findBaseIn } from '../chain/find-base.ts';
import type { Config } from '../config/config.ts';
import type { Work } from '../os/work.ts';
import { type CheckedCopy, checkCopy } from './check-copy.ts';
import type { DrillOrder } from './drill-order.ts';
import { type DrillScratch, makeScratch } from './scratch.ts';
import { tryApplication } from './try-application.ts';
import { tryServers } from './try-servers.ts';
import { contentOf, membersOf, unpackAll } from './unpack.ts';

/**
 * Restores a backup into scratch, reads it back, has the engines check it, and starts the application on it where
 * that is configured. Nothing live is touched, nothing stays. What is wrong with the copy is an answer; an archive
 * that can't be read fails.
 */
export async function runDrill(
  order: DrillOrder & { readonly installation: string },
  config: Config,
  work: Work,
): Promise<DrillResult> {
  const began = performance.now();
  const { path } = order.backup;
  const { keys = noKeys } = work;
  work.progress('open the backup', 0, 0);
  await using reader = await openArchiveFile(path, keys);
  await using chain = await openChain(reader, findBaseIn(path, storeFolders(config), keys));
  await using scratch = await makeScratch(order.scratch ?? work.scratch, order.drill);
  const bytes = await contentOf(chain, work.signal);
  await refuseWithoutSpace([{ folder: scratch.folder, bytes }]);
  const notes = await unpackAll(chain, scratch.data, bytes, work);
  const unpackSeconds = secondsSince(began);
  const unpacked = await checkAll(chain, scratch, notes, work);
  const copies = await tryServers({ ...order, config, scratch }, unpacked, work);
  const wrong = [...missingSources(chain), ...copies.flatMap(({ problems }) => problems)];
  const probe =
    wrong.length === 0 ? await tryStart(order, config, copies, scratch, work) : undefined;
  const problems =
    probe?.ready === false ? [`the application did not start: ${probe.text}`] : wrong;
  for (const problem of problems) work.log('error', problem);
  return {
    backup: order.backup.id,
    path,
    outcome: problems.length === 0 ? 'proven' : 'failed',
    seconds: secondsSince(began),
    unpackSeconds,
    sources: copies.map(({ source }) => source),
    ...(probe === undefined ? {} : { probe }),
    problems,
  };
}

async function checkAll(
  chain: Chain,
  { data }: DrillScratch,
  notes: ReadonlyMap<string, readonly string[]>,
  work: Work,
): Promise<readonly CheckedCopy[]> {
  const copies: CheckedCopy[] = [];
  for (const { name, engine, bytes } of chain.header.sources) {
    const root = join(data, name);
    const members = () => membersOf(chain, name);
    const copy = { name, engine, root, members, notes: notes.get(name) ?? [] };
    copies.push(await checkCopy(copy, bytes, work));
  }
  return copies;
}

/** Nobody gets an application back of which a source is missing. */
function missingSources({ header }: Chain): readonly string[] {
  return header.gaps
    .filter(({ kind }) => kind === 'source')
    .map(({ source, reason }) => `source "${source}" is not in this backup: ${reason}`);
}

async function tryStart(
  { drill, probe }: DrillOrder,
  { drill: settings }: Config,
  copies: readonly CheckedCopy[],
  { own }: DrillScratch,
  work: Work,
): Promise<DrillProbe | undefined> {
  if (!probe || settings?.probe === undefined) return undefined;
  const paths = new Map(copies.map(({ source, path }) => [source.source, path]));
  return await tryApplication(
    { drill, settings: settings.probe, copies: paths, folder: own },
    work,
  );
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}
