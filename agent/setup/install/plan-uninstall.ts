import { guardUnit, ownUnit, unitFolder } from '../unit/unit-order.ts';
import type { FoundPath } from './found-path.ts';
import { installedLauncher, installedPlaces } from './install-places.ts';
import { type InstallRecord, recordPath } from './install-record.ts';
import type { ReasonedStep } from './install-step.ts';
import { removals } from './plan-removals.ts';

export interface UninstallFacts {
  readonly prefix: string;
  readonly purge: boolean;
  readonly waitSeconds: number;
  readonly record: InstallRecord;
  readonly disk: ReadonlyMap<string, FoundPath>;
  readonly isActive: boolean;
  /** A restore has exchanged the data by half: the state alone knows how it goes on, or back. */
  readonly isGuarded: boolean;
  /** Destinations, which are never touched. */
  readonly stores: readonly { readonly name: string; readonly path: string }[];
}

const gone = 'Kedge is removed';

/** Backups stay in any case; state and configuration unless they are to go too. */
export function planUninstall(facts: UninstallFacts): readonly ReasonedStep[] {
  const { prefix, record, disk, isActive, waitSeconds } = facts;
  const units = [ownUnit, guardUnit].filter((unit) => has(disk, `${unitFolder}/${unit}`));
  const steps: ReasonedStep[] = [];
  if (isActive)
    steps.push({
      step: { kind: 'wait-idle', launcher: installedLauncher(prefix), seconds: waitSeconds },
      reason: 'no job is to be broken off',
    });
  if (units.length > 0)
    steps.push(command(['systemctl', 'disable', '--now', ...units], 'it runs no more'));
  steps.push(...removals(Object.entries(record.files), disk, gone));
  if (units.length > 0) steps.push(command(['systemctl', 'daemon-reload'], 'systemd forgets it'));
  const trees = record.versions.map(({ folder }) => folder).filter((path) => has(disk, path));
  steps.push(
    ...trees.map((path): ReasonedStep => ({ step: { kind: 'remove-tree', path }, reason: gone })),
    ...(facts.purge ? purgeSteps(facts) : []),
    { step: { kind: 'remove', path: recordPath(prefix) }, reason: gone },
    { step: { kind: 'remove-empty', path: prefix }, reason: gone },
  );
  return steps;
}

function purgeSteps({ record, disk }: UninstallFacts): readonly ReasonedStep[] {
  const { state, savedState, configFolder } = installedPlaces;
  const reason = 'all that Kedge keeps here is to go, but for backups';
  const trees = [state, savedState, configFolder].filter((path) => has(disk, path));
  return [
    ...trees.map((path): ReasonedStep => ({ step: { kind: 'remove-tree', path }, reason })),
    ...(record.madeUser ? [command(['userdel', record.user], reason)] : []),
    ...record.madeGroups.map((group) => command(['groupdel', group], reason)),
  ];
}

/** What is left, in words. */
export function whatStays(facts: UninstallFacts): readonly string[] {
  const { record, purge, stores, disk, isGuarded } = facts;
  const { state, savedState, configFolder } = installedPlaces;
  const trees: readonly (readonly [string, string])[] = [
    [configFolder, 'the configuration'],
    [state, 'the state: jobs, undos, keys'],
    [savedState, 'the state before the last upgrade'],
  ];
  const own = trees.flatMap(([path, what]) => (has(disk, path) ? [`stays: ${path}, ${what}`] : []));
  return [
    ...(isGuarded
      ? [
          'CAREFUL: a restore has exchanged the data by half, and without Kedge nothing keeps the application from starting on it',
        ]
      : []),
    ...stores.map(({ name, path }) => `stays: ${path}, the backups of destination "${name}"`),
    ...(purge ? [] : own),
    ...(purge || !record.madeUser ? [] : [`stays: the user ${record.user}, who owns these`]),
    'stays: what undos keep beside the data of the application',
    ...(purge
      ? ['a key of this Kedge goes too: encrypted backups then open with the recovery key alone']
      : []),
  ];
}

function has(disk: ReadonlyMap<string, FoundPath>, path: string): boolean {
  return (disk.get(path)?.kind ?? 'absent') !== 'absent';
}

function command(argv: readonly string[], reason: string): ReasonedStep {
  return { step: { kind: 'command', argv }, reason };
}
