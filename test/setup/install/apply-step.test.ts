import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyStep } from '../../../agent/setup/install/apply-step.ts';
import type { Step } from '../../../agent/setup/install/install-step.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const owner = userInfo().username;
const signal = new AbortController().signal;

async function apply(step: Step): Promise<void> {
  await applyStep({ step, reason: 'a test wants it' }, signal);
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

test('the folder of a user is for that one alone, and can be come to', async () => {
  const around = join(temporaryFolder(), 'backups');
  await apply({ kind: 'folder', path: join(around, 'kedge'), mode: 0o700, owner });
  expect([modeOf(around), modeOf(join(around, 'kedge'))]).toEqual([0o755, 0o700]);
});

test('a link that somebody put in the place of a folder is not followed', async () => {
  const folder = temporaryFolder();
  const [victim, planned] = [join(folder, 'etc'), join(folder, 'backups')];
  mkdirSync(join(victim, 'kedge'), { recursive: true });
  symlinkSync(victim, planned);
  for (const path of [planned, join(planned, 'kedge')])
    await expect(apply({ kind: 'folder', path, mode: 0o711, owner })).rejects.toThrow();
  expect([modeOf(victim), modeOf(join(victim, 'kedge'))]).toEqual([0o755, 0o755]);
});

test('a folder goes with all in it, and a link alone', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'state', 'jobs'), { recursive: true });
  writeFileSync(join(folder, 'kept'), '');
  symlinkSync(folder, join(folder, 'state', 'jobs', 'link'));
  symlinkSync(folder, join(folder, 'link'));
  for (const path of ['state', 'link', 'absent'])
    await apply({ kind: 'remove-tree', path: join(folder, path) });
  expect(['state', 'link', 'kept'].map((name) => existsSync(join(folder, name)))).toEqual([
    ...[false, false, true],
  ]);
});
