import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstallOrder } from '../../../protocol/domain/install.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Config } from '../../config/config.ts';
import { exists } from '../../os/files.ts';
import { readOwnerIds } from '../../os/owner-ids.ts';
import { realPathOf } from '../../os/real-path.ts';
import { groupsOf } from '../../os/user-groups.ts';
import { showProperties } from '../../services/systemd/unit-facts.ts';
import { buildOf, firstDamage, readSums } from '../delivery/sums.ts';
import { guardUnit, ownUnit } from '../unit/unit-order.ts';
import { type FoundPath, findPath } from './found-path.ts';
import type { InstallFacts, Release } from './install-facts.ts';
import { currentLink, installedPlaces } from './install-places.ts';
import { type InstallRecord, readRecord, recordPath } from './install-record.ts';
import { namesToLookAt } from './plan-removals.ts';
import { readConfig } from './read-config.ts';
import { refuseOtherKedge } from './refuse-other-kedge.ts';
import { shellFiles } from './shell-files.ts';
import { polkitFile, systemdFiles } from './wanted-files.ts';

type Order = Extract<InstallOrder, { kind: 'install' }>;

const usualUser = 'kedge';

/** Looks at all of the machine that the plan depends on. */
export async function readInstallFacts(
  order: Order,
  release: Release,
  signal: AbortSignal,
): Promise<InstallFacts> {
  const { prefix, waitSeconds } = order;
  const record = await readRecord(prefix);
  const user = order.user ?? record?.user ?? usualUser;
  const ids = readOwnerIds();
  const known = ids.user(user);
  if (known?.uid === 0)
    throw new KedgeError('bad-argument', { what: '--user', problem: 'Kedge must not be root' });
  if (known !== undefined && ids.group(user) === undefined) {
    const problem = `there is no group "${user}", as which the unit of that user runs`;
    throw new KedgeError('bad-argument', { what: '--user', problem });
  }
  const { config, newText, notes } = await readConfig(order.config);
  const guests = guestGroups(config);
  const groups = [...new Set(['systemd-journal', ...guests])];
  const missingGroups = groups.filter((one) => ids.group(one) === undefined && guests.has(one));
  const units = await systemdFiles(
    {
      config,
      user,
      prefix,
      groups: groups.filter((one) => ids.group(one) !== undefined || guests.has(one)),
      asked: { uid: known?.uid ?? -1, gids: groupsOf(user) },
    },
    signal,
  );
  const rule = await polkitFile(user, config, signal);
  const files = [...units, ...rule.files, ...(await shellFiles(release.root))];
  const program = await findProgram(prefix, release, signal);
  const newStores = await storesToMake(config);
  const state = await unitStates(signal);
  if (config !== undefined && !state.isActive) await refuseOtherKedge(config);
  return {
    ...{ prefix, user, waitSeconds, release, program, record, missingGroups, config, files },
    ...{ newStores, ...state },
    hasUser: known !== undefined,
    hasGroup: ids.group(user) !== undefined,
    configText: newText,
    uid: known?.uid,
    disk: await lookAt(
      prefix,
      record,
      files.map(({ path }) => path),
      newStores.map(({ path }) => path),
    ),
    notes: [
      ...notes,
      ...rule.notes,
      ...(await storeNotes(config, user, known?.uid)),
      ...newStores.map(({ name }) => `afterwards: kedge destination prepare ${name}`),
    ],
  };
}

/** Of the sockets for operators and viewers; Kedge gives a socket only to a group that it is in itself. */
function guestGroups(config: Config | undefined): ReadonlySet<string> {
  return new Set([config?.operators?.group, config?.viewers?.group].flatMap((name) => name ?? []));
}

/** Its own folder; one of the same version that holds something else is left to those who run it. */
async function findProgram(
  prefix: string,
  { version, sums }: Release,
  signal: AbortSignal,
): Promise<InstallFacts['program']> {
  const plain = join(prefix, version);
  const there = await readSums(plain);
  const isTaken = there !== undefined && there !== sums;
  const folder = isTaken ? join(prefix, `${version}-${buildOf(sums)}`) : plain;
  const isThere = (await readSums(folder)) === sums;
  return { folder, isWhole: isThere && (await firstDamage(folder, sums, signal)) === undefined };
}

export async function lookAt(
  prefix: string,
  record: InstallRecord | undefined,
  files: readonly string[],
  folders: readonly string[],
): Promise<ReadonlyMap<string, FoundPath>> {
  const { link, state, savedState, configFolder } = installedPlaces;
  const own = [...Object.keys(record?.files ?? {}), ...files, currentLink(prefix), link];
  const plain = [
    ...[prefix, recordPath(prefix), state, savedState, configFolder, ...folders],
    ...(record?.versions.map(({ folder }) => folder) ?? []),
  ];
  const paths = new Set([...own.flatMap(namesToLookAt), ...plain]);
  return new Map(
    await Promise.all([...paths].map(async (path) => [path, await findPath(path)] as const)),
  );
}

export async function unitStates(
  signal: AbortSignal,
): Promise<Pick<InstallFacts, 'isActive' | 'enabled'>> {
  const names = [ownUnit, guardUnit];
  const shown = await showProperties(names, ['ActiveState', 'UnitFileState'], signal);
  const active = shown.get(ownUnit)?.get('ActiveState') ?? '';
  return {
    isActive: ['active', 'activating', 'reloading'].includes(active),
    enabled: new Set(names.filter((name) => shown.get(name)?.get('UnitFileState') === 'enabled')),
  };
}

/** Where its drive is sure to be mounted, or need not be: an empty folder in the place of a drive would be filled. */
async function storesToMake(config: Config | undefined): Promise<InstallFacts['newStores']> {
  const stores = Object.entries(config?.stores ?? {}).filter(
    ([, { removable, requireMount }]) => removable !== true && requireMount !== true,
  );
  const found = await Promise.all(
    stores.map(async ([name, { path }]) =>
      (await exists(path)) ? [] : [{ name, path: await realPathOf(path) }],
    ),
  );
  return found.flat();
}

async function storeNotes(
  config: Config | undefined,
  user: string,
  uid: number | undefined,
): Promise<readonly string[]> {
  const notes = Object.entries(config?.stores ?? {}).map(async ([name, { path }]) => {
    const facts = await stat(path).catch(() => undefined);
    if (facts === undefined || facts.uid === uid || facts.uid !== 0) return [];
    const cure = `chown -R ${user}: ${path}`;
    return [`destination "${name}" belongs to root; if Kedge can not write to it: ${cure}`];
  });
  return (await Promise.all(notes)).flat();
}
