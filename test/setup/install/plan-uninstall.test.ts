import { expect, test } from 'vitest';
import type { FoundPath } from '../../../agent/setup/install/found-path.ts';
import {
  planUninstall,
  type UninstallFacts,
  whatStays,
} from '../../../agent/setup/install/plan-uninstall.ts';

const unit = '/etc/systemd/system/kedge.service';
const rule = '/etc/polkit-1/rules.d/50-kedge.rules';
const folder: FoundPath = { kind: 'folder', mode: 0o755, uid: 0, gid: 0 };
const file = (print: string): FoundPath => ({ kind: 'file', print, mode: 0o644, uid: 0, gid: 0 });

const facts: UninstallFacts = {
  prefix: '/opt/kedge',
  purge: false,
  waitSeconds: 60,
  record: {
    versions: [{ version: '1.0.0', folder: '/opt/kedge/1.0.0' }],
    user: 'kedge',
    madeUser: true,
    madeGroups: ['lookers'],
    files: { [unit]: 'a', [rule]: 'b' },
  },
  disk: new Map([
    [unit, file('a')],
    [rule, file('changed by hand')],
    ['/opt/kedge/1.0.0', folder],
    ['/etc/kedge', folder],
    ['/var/lib/kedge', folder],
  ]),
  isActive: true,
  isGuarded: false,
  stores: [{ name: 'local', path: '/var/backups/app' }],
};

function words(of: UninstallFacts): readonly string[] {
  return planUninstall(of).map(({ step }) => {
    if (step.kind === 'command') return step.argv.join(' ');
    if (step.kind === 'remove' && step.keptAs !== undefined) return `move ${step.path}`;
    return 'path' in step ? `${step.kind} ${step.path}` : step.kind;
  });
}

test('what was installed goes, what was changed by hand is moved aside, all else stays and is named', () => {
  expect(words(facts)).toEqual([
    'wait-idle',
    'systemctl disable --now kedge.service',
    `remove ${unit}`,
    `move ${rule}`,
    'systemctl daemon-reload',
    'remove-tree /opt/kedge/1.0.0',
    'remove /opt/kedge/install.json',
    'remove-empty /opt/kedge',
  ]);
  expect(whatStays(facts)).toEqual([
    'stays: /var/backups/app, the backups of destination "local"',
    'stays: /etc/kedge, the configuration',
    'stays: /var/lib/kedge, the state: jobs, undos, keys',
    'stays: the user kedge, who owns these',
    'stays: what undos keep beside the data of the application',
  ]);
});

test('a purge takes state, configuration, user and groups too, and no backup', () => {
  const purged = { ...facts, purge: true };
  expect(words(purged).filter((step) => !words(facts).includes(step))).toEqual([
    'remove-tree /var/lib/kedge',
    'remove-tree /etc/kedge',
    'userdel kedge',
    'groupdel lookers',
  ]);
  expect(whatStays(purged)[0]).toBe('stays: /var/backups/app, the backups of destination "local"');
});

test('data that is half exchanged is spoken of first', () => {
  expect(whatStays({ ...facts, isGuarded: true })[0]).toMatch(/exchanged the data by half/);
});
