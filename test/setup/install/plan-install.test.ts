import { expect, test } from 'vitest';
import { type FoundPath, printOf } from '../../../agent/setup/install/found-path.ts';
import type { InstallFacts } from '../../../agent/setup/install/install-facts.ts';
import type { InstallRecord } from '../../../agent/setup/install/install-record.ts';
import type { ReasonedStep, Step } from '../../../agent/setup/install/install-step.ts';
import { isEmptyPlan, planInstall } from '../../../agent/setup/install/plan-install.ts';

const sums = `${'0'.repeat(64)}  package.json\n`;
const unit = { path: '/etc/systemd/system/kedge.service', text: 'unit\n', reason: 'it runs' };
const dropIn = {
  path: '/etc/systemd/system/host.service.d/50-kedge-guard.conf',
  text: 'guard\n',
  reason: 'it waits',
};
const folder = (uid: number): FoundPath => ({ kind: 'folder', mode: 0o755, uid, gid: uid });
const file = (text: string): FoundPath => ({
  ...{ kind: 'file', print: printOf(text), mode: 0o644, uid: 0, gid: 0 },
});

/** A machine that has nothing of Kedge's. */
const fresh: InstallFacts = {
  prefix: '/opt/kedge',
  user: 'kedge',
  waitSeconds: 60,
  release: { root: '/tmp/kedge', version: '1.0.0', sums },
  program: { folder: '/opt/kedge/1.0.0', isWhole: false },
  record: undefined,
  hasUser: false,
  hasGroup: false,
  missingGroups: [],
  configText: '{}',
  config: undefined,
  files: [unit, dropIn],
  newStores: [{ name: 'local', path: '/var/backups/app' }],
  disk: new Map(),
  uid: undefined,
  isActive: false,
  enabled: new Set(),
  notes: [],
};

function stepsOf(facts: InstallFacts): readonly Step[] {
  const { prepare, exchange, afterwards } = planInstall(facts);
  return [...prepare, ...exchange, ...afterwards].map(({ step }) => step);
}

/** "file /path" and so on. */
function named(facts: InstallFacts): readonly string[] {
  return stepsOf(facts).map((step) => {
    if (step.kind === 'command') return step.argv.slice(0, 4).join(' ');
    if (step.kind === 'program') return `program ${step.to}`;
    return 'path' in step ? `${step.kind} ${step.path}` : step.kind;
  });
}

/** The machine after the plan was done. */
function done(facts: InstallFacts): InstallFacts {
  const disk = new Map(facts.disk);
  const { prepare, exchange, afterwards } = planInstall(facts);
  for (const { step } of [...prepare, ...exchange, ...afterwards]) carryOut(step, disk);
  return {
    ...facts,
    disk,
    record: recordIn(exchange) ?? facts.record,
    program: { ...facts.program, isWhole: true },
    hasUser: true,
    uid: 990,
    configText: undefined,
    newStores: [],
    isActive: true,
    enabled: new Set(['kedge.service']),
  };
}

function carryOut(step: Step, disk: Map<string, FoundPath>): void {
  if (step.kind === 'folder') disk.set(step.path, folder(step.owner === undefined ? 0 : 990));
  if (step.kind === 'file') disk.set(step.path, file(step.text));
  if (step.kind === 'link') disk.set(step.path, { kind: 'link', print: step.target });
  if (step.kind === 'remove') disk.delete(step.path);
}

function recordIn(steps: readonly ReasonedStep[]): InstallRecord | undefined {
  const found = steps.find(({ step }) => 'path' in step && step.path.endsWith('/install.json'));
  return found?.step.kind === 'file' ? JSON.parse(found.step.text) : undefined;
}

test('on a fresh machine all is made first, then linked, enabled, started and looked at', () => {
  expect(named(fresh)).toEqual([
    'user',
    'folder /opt/kedge',
    'program /opt/kedge/1.0.0',
    'folder /etc/kedge',
    'folder /var/backups/app',
    'file /etc/kedge/kedge.jsonc',
    'file /opt/kedge/install.json',
    `file ${unit.path}`,
    `file ${dropIn.path}`,
    'link /opt/kedge/current',
    'link /usr/local/bin/kedge',
    'systemctl daemon-reload',
    'systemctl enable kedge.service',
    'systemctl --no-block start kedge.service',
    'healthy',
  ]);
});

test('a second time there is nothing to change', () => {
  expect(isEmptyPlan(planInstall(done(fresh)))).toBe(true);
  expect(named({ ...done(fresh), isActive: false })).toEqual([
    'systemctl --no-block start kedge.service',
    'healthy',
  ]);
});

test("a file of somebody's is kept under a free name, Kedge's own is not", () => {
  const link = '/usr/local/bin/kedge';
  const theirs = new Map<string, FoundPath>([
    [unit.path, file('their unit\n')],
    [`${unit.path}.kedge-old`, file('an older one\n')],
    [link, { kind: 'link', print: '/home/a/kedge' }],
  ]);
  const kept = stepsOf({ ...fresh, disk: theirs }).flatMap((step) =>
    'keptAs' in step ? [step.keptAs] : [],
  );
  expect(kept).toEqual([`${unit.path}.kedge-old-2`, `${link}.kedge-old`]);
  const own = { ...done(fresh), files: [{ ...unit, text: 'new\n' }, dropIn] };
  expect(stepsOf(own).filter((step) => 'keptAs' in step)).toEqual([]);
});

test('a new unit ends the daemon when it is idle, with its state saved; a new drop-in does not', () => {
  const state: [string, FoundPath] = ['/var/lib/kedge', folder(990)];
  const before = done(fresh);
  const installed = { ...before, disk: new Map([...before.disk, state]) };
  expect(named({ ...installed, files: [{ ...unit, text: 'new\n' }, dropIn] })).toEqual([
    'wait-idle',
    'systemctl stop kedge.service',
    'save-state',
    'file /opt/kedge/install.json',
    `file ${unit.path}`,
    'systemctl daemon-reload',
    'systemctl --no-block start kedge.service',
    'healthy',
  ]);
  expect(named({ ...installed, files: [unit, { ...dropIn, text: 'new\n' }] })).toEqual([
    'file /opt/kedge/install.json',
    `file ${dropIn.path}`,
    'systemctl daemon-reload',
  ]);
});

test('the drop-in of a unit that is configured no more goes before the record forgets it, and its folder', () => {
  const steps = named({ ...done(fresh), files: [unit] });
  expect(steps).toEqual([
    `remove ${dropIn.path}`,
    'remove-empty /etc/systemd/system/host.service.d',
    'file /opt/kedge/install.json',
    'systemctl daemon-reload',
  ]);
});

test('of the program the version before stays, older ones go', () => {
  const next = (facts: InstallFacts, version: string): InstallFacts => ({
    ...facts,
    release: { ...facts.release, version },
    program: { folder: `/opt/kedge/${version}`, isWhole: false },
  });
  const second = done(next(done(fresh), '1.1.0'));
  expect(second.record?.versions.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
  const third = next(second, '1.2.0');
  expect(named(third)).toContain('remove-tree /opt/kedge/1.0.0');
  expect(done(third).record?.versions.map(({ version }) => version)).toEqual(['1.2.0', '1.1.0']);
});
