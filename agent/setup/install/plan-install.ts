import { basename, join } from 'node:path';
import { guardUnit, ownUnit } from '../unit/unit-order.ts';
import { type FoundPath, printOf } from './found-path.ts';
import type { InstallFacts } from './install-facts.ts';
import { currentLink, installedLauncher, installedPlaces } from './install-places.ts';
import { type InstallRecord, recordPath, recordText } from './install-record.ts';
import type { ReasonedStep, Step } from './install-step.ts';
import { freeName, removals } from './plan-removals.ts';

/** Seconds in which a new version must be ready and answer. */
const healthySeconds = 60;
/** Of the program, the newest included. */
const keptVersions = 2;

/** What is to be done, in three parts: what fails in the second one is taken back. */
export interface InstallSteps {
  /** Touches nothing that is in use. */
  readonly prepare: readonly ReasonedStep[];
  /** From the end of the old daemon to the health of the new one. */
  readonly exchange: readonly ReasonedStep[];
  readonly afterwards: readonly ReasonedStep[];
}

/** The difference between what is here and what is to be; no steps where there is none. */
export function planInstall(facts: InstallFacts): InstallSteps {
  const record = recordOf(facts);
  const files = fileSteps(facts);
  const removed = staleSteps(facts, record);
  const isNew = [...files, ...removed].some(({ step }) => restarts(step));
  const recordStep = fileStep(facts, recordPath(facts.prefix), recordText(record), {
    reason: 'what was installed, for the next installation',
  });
  return {
    prepare: prepareSteps(facts),
    exchange: [
      ...(isNew ? stopSteps(facts) : []),
      // Before the record forgets it: cut off in between, the next installation would leave it for ever.
      ...removed,
      ...recordStep,
      ...files,
      ...commandSteps(facts, files, removed),
      ...(isNew || !facts.isActive ? startSteps(facts) : []),
    ],
    afterwards: oldVersions(facts, record),
  };
}

export function isEmptyPlan({ prepare, exchange, afterwards }: InstallSteps): boolean {
  return prepare.length + exchange.length + afterwards.length === 0;
}

/** The daemon does not see a change of the rule, or of the units of others, by itself being started anew. */
function restarts(step: Step): boolean {
  if (step.kind === 'link') return basename(step.path) === 'current';
  return step.kind === 'file' && basename(step.path) === ownUnit;
}

function prepareSteps(facts: InstallFacts): readonly ReasonedStep[] {
  const { user, prefix, release, program, configText } = facts;
  const owner = { owner: user };
  const steps: ReasonedStep[] = facts.missingGroups.map((name) => ({
    step: { kind: 'group', name },
    reason: 'who is in it may come to Kedge as an operator or viewer, as the configuration says',
  }));
  if (!facts.hasUser)
    steps.push({
      step: { kind: 'user', name: user, home: installedPlaces.state, group: facts.hasGroup },
      reason: 'Kedge runs as a user of its own, without the rights of root',
    });
  steps.push(...folderStep(facts, prefix, 0o755, {}, 'the versions of the program'));
  if (!program.isWhole)
    steps.push({
      step: { kind: 'program', from: release.root, to: program.folder, sums: release.sums },
      reason: `Kedge ${release.version} with the runtime it needs`,
    });
  const { configFolder, config } = installedPlaces;
  steps.push(
    ...folderStep(
      facts,
      configFolder,
      0o750,
      owner,
      'the configuration; Kedge saves changes to it',
    ),
    ...facts.newStores.flatMap(({ name, path }) =>
      folderStep(facts, path, 0o700, owner, `destination "${name}"`),
    ),
  );
  if (configText !== undefined)
    steps.push({
      step: { kind: 'file', path: config, text: configText, mode: 0o600, ...owner },
      reason: 'the configuration to begin with',
    });
  return steps;
}

function folderStep(
  { disk, uid }: InstallFacts,
  path: string,
  mode: number,
  owner: { readonly owner?: string },
  reason: string,
): readonly ReasonedStep[] {
  const found = disk.get(path);
  const wanted = owner.owner === undefined ? 0 : uid;
  if (found?.kind === 'folder' && found.uid === wanted) return [];
  return [{ step: { kind: 'folder', path, mode, ...owner }, reason }];
}

function fileSteps(facts: InstallFacts): readonly ReasonedStep[] {
  const { prefix, program, files } = facts;
  return [
    ...files.flatMap(({ path, text, reason }) => fileStep(facts, path, text, { reason })),
    ...linkStep(facts, currentLink(prefix), basename(program.folder), {
      reason: 'the version in use',
    }),
    ...linkStep(facts, installedPlaces.link, installedLauncher(prefix), {
      reason: 'so that "kedge" is found',
    }),
  ];
}

function fileStep(
  facts: InstallFacts,
  path: string,
  text: string,
  { reason }: { readonly reason: string },
): readonly ReasonedStep[] {
  const found = facts.disk.get(path);
  if (found?.kind === 'file' && found.print === printOf(text)) return [];
  return [
    { step: { kind: 'file', path, text, mode: 0o644, ...keptAs(facts, path, found) }, reason },
  ];
}

function linkStep(
  facts: InstallFacts,
  path: string,
  target: string,
  { reason }: { readonly reason: string },
): readonly ReasonedStep[] {
  const found = facts.disk.get(path);
  if (found?.kind === 'link' && found.print === target) return [];
  return [{ step: { kind: 'link', path, target, ...keptAs(facts, path, found) }, reason }];
}

/** What is not as Kedge left it is somebody's, and is kept. */
function keptAs(
  { record, prefix, disk }: InstallFacts,
  path: string,
  found: FoundPath | undefined,
): { readonly keptAs?: string } {
  if (found === undefined || found.kind === 'absent' || path === recordPath(prefix)) return {};
  const own = 'print' in found && found.print === record?.files[path];
  return own ? {} : { keptAs: freeName(path, disk) };
}

function staleSteps(facts: InstallFacts, next: InstallRecord): readonly ReasonedStep[] {
  const before = Object.entries(facts.record?.files ?? {});
  const stale = before.filter(([path]) => next.files[path] === undefined);
  return removals(stale, facts.disk, 'it is not needed any more');
}

function stopSteps(facts: InstallFacts): readonly ReasonedStep[] {
  const { isActive, prefix, waitSeconds, record, disk } = facts;
  const { state, savedState } = installedPlaces;
  const steps: ReasonedStep[] = [];
  if (isActive)
    steps.push(
      {
        step: { kind: 'wait-idle', launcher: installedLauncher(prefix), seconds: waitSeconds },
        reason: 'no job is to be broken off',
      },
      {
        step: { kind: 'command', argv: ['systemctl', 'stop', ownUnit] },
        reason: 'so that its state stands still',
      },
    );
  if (record !== undefined && disk.get(state)?.kind === 'folder')
    steps.push({
      step: { kind: 'save-state', from: state, to: savedState },
      reason: 'to go back to, should the new version not work',
    });
  return steps;
}

function commandSteps(
  { files, enabled }: InstallFacts,
  changed: readonly ReasonedStep[],
  removed: readonly ReasonedStep[],
): readonly ReasonedStep[] {
  const isUnit = ({ step }: ReasonedStep): boolean =>
    'path' in step && step.path.startsWith('/etc/systemd/');
  const wanted = [ownUnit, guardUnit].filter((unit) =>
    files.some(({ path }) => basename(path) === unit),
  );
  const toEnable = wanted.filter((unit) => !enabled.has(unit));
  return [
    ...([...changed, ...removed].some(isUnit)
      ? [command(['systemctl', 'daemon-reload'], 'systemd reads the units')]
      : []),
    ...(toEnable.length === 0
      ? []
      : [command(['systemctl', 'enable', ...toEnable], 'at every boot')]),
  ];
}

function startSteps({ prefix }: InstallFacts): readonly ReasonedStep[] {
  return [
    command(['systemctl', '--no-block', 'start', ownUnit], 'it is to run'),
    {
      step: { kind: 'healthy', launcher: installedLauncher(prefix), seconds: healthySeconds },
      reason: 'what does not come up is taken back',
    },
  ];
}

function command(argv: readonly string[], reason: string): ReasonedStep {
  return { step: { kind: 'command', argv }, reason };
}

function recordOf(facts: InstallFacts): InstallRecord {
  const { record, release, program, prefix, files } = facts;
  const before = record?.versions.filter(({ folder }) => folder !== program.folder) ?? [];
  const links = {
    [currentLink(prefix)]: basename(program.folder),
    [installedPlaces.link]: installedLauncher(prefix),
  };
  return {
    versions: [{ version: release.version, folder: program.folder }, ...before].slice(
      0,
      keptVersions,
    ),
    user: facts.user,
    madeUser: record?.madeUser === true || !facts.hasUser,
    madeGroups: [...(record?.madeGroups ?? []), ...facts.missingGroups],
    files: {
      ...Object.fromEntries(files.map(({ path, text }) => [path, printOf(text)])),
      ...links,
    },
  };
}

function oldVersions({ record }: InstallFacts, next: InstallRecord): readonly ReasonedStep[] {
  const kept = new Set(next.versions.map(({ folder }) => folder));
  const old = record?.versions.filter(({ folder }) => !kept.has(folder)) ?? [];
  return old.map(({ folder, version }) => ({
    step: { kind: 'remove-tree', path: join(folder) },
    reason: `version ${version}; the last ${keptVersions} are kept`,
  }));
}
