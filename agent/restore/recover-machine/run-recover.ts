import { lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { RecoverPlan } from '../../../protocol/domain/recover.ts';
import type { RestoreResult } from '../../../protocol/domain/restore.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Config } from '../../config/config.ts';
import { maySetOwner, setMetadata } from '../../os/entry-metadata.ts';
import { exists } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import { beginRun } from '../begin-run.ts';
import { exchangeData, lowerGuard, passGate, type RestoreRun } from '../exchange.ts';
import { finish } from '../finish.ts';
import { choosePlaces } from '../places.ts';
import { lookForObstacles } from '../preflight.ts';
import type { RestoreContext } from '../restore-context.ts';
import type { RecoverBegin } from '../restore-record.ts';
import { stateOf } from '../restore-state.ts';
import { exchangesOf, livePaths, proveRenames, stageAll } from '../run-restore.ts';
import { settleFailure } from '../settle.ts';
import { scratchNeeds, spaceNeeds } from '../space-needs.ts';
import { destinationOf, type Machine, openMachine } from './open-machine.ts';
import { putConfiguration } from './put-configuration.ts';

export interface RunRecoverOrder {
  readonly plan: RecoverPlan;
  /** The application's name, typed; needed where something is in the way and is moved aside. */
  readonly confirmation?: string | undefined;
  readonly undoId: string;
  readonly nowMs: number;
}

/**
 * Brings an application onto this machine: its data as a restore does, then its configuration, then its services.
 * Until the configuration is written a failure or a crash leaves nothing; after it all is there, and services that
 * do not start are named.
 */
export async function runRecover(
  order: RunRecoverOrder,
  context: RestoreContext,
  work: Work,
): Promise<RestoreResult> {
  const { plan } = order;
  work.progress('check the plan', 0, 0);
  refuseUnconfirmed(order);
  const planned = new Set(plan.sources.map(({ source }) => source));
  await using machine = await openMachine(plan, work, planned);
  await preflight(plan, machine, context, work);
  const run = await begin(order, machine, context, work);
  await using _journal = run.journal;
  const startedAt = performance.now();
  try {
    const { sources, places } = stateOf(run.journal).begin;
    await proveRenames({ all: places, of: (parent) => parent });
    await stageAll(run, machine.found.sources);
    await giveMadeFolders(
      run,
      sources.flatMap(({ items }) => items),
    );
    await exchangeData(run);
    await putConfiguration(run);
  } catch (error) {
    return await settleFailure(run, error).catch((settled: unknown) => {
      throw isRolledBack(settled) && !plan.order.replace ? error : settled;
    });
  }
  await lowerGuard(run);
  await passGate(run, () => performance.now() - startedAt);
  return await settled(run, plan);
}

/** Where nothing was, going back leaves nothing: what failed says more than that there is an old state. */
function isRolledBack(error: unknown): boolean {
  return error instanceof KedgeError && error.failure.code === 'rolled-back';
}

function refuseUnconfirmed({ plan, confirmation = '' }: RunRecoverOrder): void {
  const expected = plan.application.name;
  if (plan.order.replace && confirmation !== expected)
    throw new KedgeError('confirmation-wrong', { typed: confirmation, expected });
}

async function preflight(
  plan: RecoverPlan,
  { chain, found, config }: Machine,
  context: RestoreContext,
  work: Work,
): Promise<void> {
  if (chain.indexSha256 !== plan.indexSha256)
    throw new KedgeError('plan-stale', { what: 'the backup' });
  if (await exists(plan.configPath))
    throw new KedgeError('already-exists', { path: plan.configPath });
  const order = { backup: plan.backup, archive: chain, found, work };
  const { obstacles } = await lookForObstacles(order, context);
  const occupied = plan.order.replace
    ? []
    : await occupiedPlaces(found.sources, config, work.signal);
  const why = [...plan.obstacles, ...obstacles, ...occupied].join('; ');
  if (why !== '') throw new KedgeError('restore-refused', { why });
  for (const { path, neededBytes: needed, freeBytes: free } of await spaceNeeds(
    found.sources,
    await scratchNeeds(found.sources, work.scratch),
  )) {
    if (free < needed) throw new KedgeError('no-space', { path, needed, free });
  }
}

async function occupiedPlaces(
  sources: Machine['found']['sources'],
  config: Config,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const destinations = await Promise.all(
    sources.map(async (source) => await destinationOf(source, config, signal)),
  );
  return destinations
    .filter(({ standing }) => standing === 'there')
    .map(({ to }) => `${to.join(', ')} is there by now`);
}

async function begin(
  { plan, undoId, nowMs }: RunRecoverOrder,
  { found }: Machine,
  context: RestoreContext,
  work: Work,
): Promise<RestoreRun> {
  const paths = await livePaths(found.sources);
  const places = await choosePlaces(paths, work.job);
  const recover: RecoverBegin = {
    configPath: plan.configPath,
    configText: plan.configText,
    stores: plan.stores.filter(({ standing }) => standing === 'new').map(({ id }) => id),
    services: plan.services.filter(({ problem }) => problem === undefined).map(({ id }) => id),
    replace: plan.order.replace,
    made: await missingFolders(paths),
  };
  return await beginRun(
    {
      what: 'recover',
      title: `Recovery of ${plan.application.name} from ${basename(plan.backup.path)}`,
      backup: plan.backup.id,
      undoId,
      nowMs,
      places,
      sources: await exchangesOf(found.sources, places, { job: work.job, nowMs }),
      recover,
    },
    context,
    work,
  );
}

/** Those above the paths that are not there yet, outermost first. */
async function missingFolders(paths: readonly string[]): Promise<readonly string[]> {
  const missing = new Set<string>();
  for (const path of paths) {
    let folder = dirname(path);
    for (; !(await exists(folder)); folder = dirname(folder)) missing.add(folder);
  }
  return [...missing].sort((a, b) => a.length - b.length);
}

/** A folder that was made for a database belongs to the database's owner, who has to make files beside it. */
async function giveMadeFolders(
  { journal }: RestoreRun,
  items: readonly { readonly live: string; readonly incoming?: string | undefined }[],
): Promise<void> {
  if (!maySetOwner()) return;
  const made = new Set(stateOf(journal).begin.recover?.made);
  for (const { live, incoming } of items) {
    const folder = dirname(live);
    if (incoming === undefined || !made.delete(folder)) continue;
    const { uid, gid } = await lstat(incoming);
    const mtimeNs = BigInt(Math.round((await lstat(folder)).mtimeMs)) * 1_000_000n;
    await setMetadata(folder, 'directory', { uid, gid, mode: 0o755, mtimeNs });
  }
}

async function settled(run: RestoreRun, plan: RecoverPlan): Promise<RestoreResult> {
  const result = await finish(run, 'restored');
  const notStarted = plan.services.flatMap(({ id, problem }) =>
    problem === undefined ? [] : [`service "${id}" was not started: ${problem}`],
  );
  const services = await run.context.services.status(new AbortController().signal);
  return {
    ...result,
    notes: [...result.notes, ...notStarted],
    services: services.map(({ id, health }) => ({ id, health })),
  };
}
