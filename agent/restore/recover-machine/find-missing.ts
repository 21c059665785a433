import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { MissingThing, RecoverPlan } from '../../../protocol/domain/recover.ts';
import type { Config } from '../../config/config.ts';
import { exists } from '../../os/files.ts';
import { orderServices } from '../../services/order-services.ts';
import { needsOf } from '../../services/service-needs.ts';
import type { ServiceSettings } from '../../services/settings.ts';
import { isMounted } from '../../stores/local/is-mounted.ts';

/** The services in the order of their start, with what keeps one from being started. */
export async function describeServices(
  { services = {} }: Config,
  livePaths: readonly string[],
): Promise<RecoverPlan['services']> {
  const described: RecoverPlan['services'][number][] = [];
  for (const id of orderServices(services)) {
    const settings = services[id];
    if (settings === undefined) continue;
    const [first] = await missingWords(settings, livePaths);
    described.push({
      id,
      command: needsOf(settings).startedBy,
      ...(first === undefined ? {} : { problem: `${first.why}: "${first.name}"` }),
    });
  }
  return described;
}

/** Programs and files that services name, keys, mounts: all that no archive brings. */
export async function findMissing(
  config: Config,
  livePaths: readonly string[],
): Promise<readonly MissingThing[]> {
  const ofServices = await Promise.all(
    Object.values(config.services ?? {}).map(async (one) => await missingWords(one, livePaths)),
  );
  return unique([...ofServices.flat(), ...missingKeys(config), ...(await missingMounts(config))]);
}

/** Its unit, absolute paths of its command lines and its folder that neither are here nor come back. */
async function missingWords(
  settings: ServiceSettings,
  livePaths: readonly string[],
): Promise<readonly MissingThing[]> {
  const { startedBy, commands, folder, unitPlaces } = needsOf(settings);
  const missing: MissingThing[] = [];
  if (unitPlaces !== undefined && !(await isAnyProvided(unitPlaces, livePaths)))
    missing.push({ kind: 'file', name: startedBy, why: 'a service is this unit of systemd' });
  for (const command of commands) missing.push(...(await missingOf(command, livePaths)));
  if (folder !== undefined && !(await isProvided(folder, livePaths)))
    missing.push({ kind: 'file', name: folder, why: 'a service is to run in that folder' });
  return missing;
}

async function missingOf(
  [program = '', ...words]: readonly string[],
  livePaths: readonly string[],
): Promise<readonly MissingThing[]> {
  const missing: MissingThing[] = [];
  if (!(await isProvided(program, livePaths, constants.X_OK)))
    missing.push({ kind: 'program', name: program, why: 'a service is started with it' });
  for (const word of words.filter((each) => each.startsWith('/'))) {
    if (!(await isProvided(word, livePaths)))
      missing.push({ kind: 'file', name: word, why: 'it stands in the command line of a service' });
  }
  return missing;
}

async function isAnyProvided(
  paths: readonly string[],
  livePaths: readonly string[],
): Promise<boolean> {
  for (const path of paths) if (await isProvided(path, livePaths)) return true;
  return false;
}

async function isProvided(
  path: string,
  livePaths: readonly string[],
  mode: number = constants.F_OK,
): Promise<boolean> {
  // Folders above what comes back are made for it.
  const comes = livePaths.some(
    (live) => live === path || path.startsWith(`${live}/`) || live.startsWith(`${path}/`),
  );
  return comes || (await isThere(path, mode));
}

async function isThere(path: string, mode: number): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  );
}

function missingKeys({ encryption }: Config): readonly MissingThing[] {
  if (encryption === undefined) return [];
  const why = 'no backup is taken until its secret half was typed in here: kedge key check';
  return [{ kind: 'secret', name: `recovery key ${encryption.recoveryKey}`, why }];
}

async function missingMounts({ stores }: Config): Promise<readonly MissingThing[]> {
  const missing: MissingThing[] = [];
  for (const [id, { path, requireMount }] of Object.entries(stores)) {
    if (requireMount === true && !(await isMounted(path)))
      missing.push({ kind: 'mount', name: path, why: `destination "${id}" must be mounted there` });
  }
  return missing;
}

/** A program on the PATH, of those that bring extended attributes back. */
export async function missingTool(name: string, why: string): Promise<readonly MissingThing[]> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder !== '' && (await exists(join(folder, name)))) return [];
  }
  return [{ kind: 'tool', name, why }];
}

function unique(missing: readonly MissingThing[]): readonly MissingThing[] {
  return [...new Map(missing.map((one) => [`${one.kind} ${one.name}`, one])).values()];
}
