import { lstat } from 'node:fs/promises';
import type { Problem } from '../../protocol/domain/snapshot.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Config } from '../config/config.ts';
import { hasCapability } from '../os/capabilities.ts';
import { errorCode } from '../os/error-code.ts';
import { isMountPoint } from '../os/mount-points.ts';
import { readOwnUnit } from '../os/own-unit.ts';
import { probeReadable, probeWritableFolder } from '../os/probe.ts';
import { permissionProblems } from '../restore/permissions.ts';
import { restoreOf } from '../sources/restore-kinds.ts';
import type { Daemon } from './daemon.ts';

type Found = Omit<Problem, 'sinceMs'>;

const idPrefix = 'unit-fit-';

/**
 * What the configuration asks for and the unit that Kedge runs in does not give: a source, destination or service
 * that came later. Keeps a problem for each until it is looked at again. Of a Kedge that was not installed: nothing.
 */
export async function lookAtUnitFit(daemon: Daemon, signal: AbortSignal): Promise<void> {
  if (readOwnUnit(process.env) === undefined) return;
  try {
    const found = await unitFitProblems(daemon, signal);
    const { standing } = daemon.overview;
    for (const id of standing.keys()) if (id.startsWith(idPrefix)) standing.delete(id);
    for (const problem of found) standing.set(problem.id, problem);
    daemon.overview.touch();
  } catch (error) {
    if (signal.aborted) return;
    daemon.log.write('error', `own permissions: ${wordFailure(failureOf(error)).message}`);
  }
}

async function unitFitProblems(daemon: Daemon, signal: AbortSignal): Promise<readonly Found[]> {
  const config = daemon.config();
  const ofSources = Object.entries(config.sources).map(async ([name, settings]) => {
    const problems = await sourceProblems(name, settings);
    return problems.map((why) => problem(`source "${name}"`, why));
  });
  const ofStores = Object.entries(config.stores).map(async ([name, { path }]) => {
    const problems = await storeProblems(path);
    return problems.map((why) => problem(`destination "${name}"`, why));
  });
  const found = await Promise.all([...ofSources, ...ofStores, deniedServices(daemon, signal)]);
  return found.flat();
}

function problem(thing: string, why: string): Found {
  return {
    id: `${idPrefix}${thing}`,
    severity: 'warning',
    text: `${thing} needs "kedge install" again: ${why}`,
    place: thing,
    hint: 'Run it as root: it gives Kedge what the configuration asks for by now.',
  };
}

/** One is enough: the cure is the same. */
async function sourceProblems(
  name: string,
  settings: Config['sources'][string],
): Promise<readonly string[]> {
  const { livePaths, exchangesMounts, inPlace } = restoreOf(name, settings);
  for (const path of await livePaths()) {
    await answers(path);
    if (deniedBy(() => probeReadable(path))) return [`Kedge may not read "${path}"`];
    const isMount = exchangesMounts === true && (await isMountPoint(path));
    const live = { path, isMount, inPlace: inPlace === true };
    const [first] = await permissionProblems(live);
    if (first !== undefined) return [`${first}, as a restore must`];
    if (await belongsToOthers(path))
      return [`what a restore brings to "${path}" could not be given back to its owner`];
  }
  return [];
}

async function belongsToOthers(path: string): Promise<boolean> {
  if (hasCapability('chown')) return false;
  const found = await lstat(path).catch(() => undefined);
  return found !== undefined && found.uid !== process.geteuid?.();
}

async function storeProblems(path: string): Promise<readonly string[]> {
  await answers(path);
  return deniedBy(() => probeWritableFolder(path)) ? [`Kedge may not write to "${path}"`] : [];
}

/** A file system that hangs then keeps one of Node's threads and not the main loop, of which probes are made. */
async function answers(path: string): Promise<void> {
  await lstat(path).catch(() => undefined);
}

/** That something is not there is told elsewhere. */
function deniedBy(probe: () => void): boolean {
  try {
    probe();
    return false;
  } catch (error) {
    return ['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error));
  }
}

async function deniedServices(daemon: Daemon, signal: AbortSignal): Promise<readonly Found[]> {
  const services = Object.keys(daemon.config().services ?? {});
  const problems = await daemon.services.preflight(services, signal);
  return problems.flatMap(({ service, failure }) =>
    failure.code === 'service-denied' && service !== undefined
      ? [problem(`service "${service}"`, `Kedge may not control its unit`)]
      : [],
  );
}
