import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { waitUntilIdle } from '../../../agent/setup/install/ask-kedge.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const { signal } = new AbortController();

/** Stands for the launcher of the version that runs: says the second time that its job has ended. */
function launcher(folder: string, later: string): string {
  const path = join(folder, 'kedge');
  const jobs = (state: string) =>
    JSON.stringify({ jobs: [{ title: 'full backup', state: { kind: state } }] });
  writeFileSync(
    path,
    `#!/bin/sh
if [ -e '${folder}/asked' ]; then echo '${jobs(later)}'; else echo '${jobs('running')}'; fi
: > '${folder}/asked'
`,
  );
  chmodSync(path, 0o755);
  return path;
}

test('it waits for the job that runs, and no longer', async () => {
  const folder = temporaryFolder();
  await waitUntilIdle(launcher(folder, 'done'), 30, signal);
  expect(existsSync(join(folder, 'asked'))).toBe(true);
});

test('a job that does not end in time is named', async () => {
  const waiting = waitUntilIdle(launcher(temporaryFolder(), 'running'), 0, signal);
  await expect(waiting).rejects.toThrow(/"full backup" is at work/);
});

test('a daemon that does not answer is not waited for', async () => {
  await waitUntilIdle('/bin/false', 30, signal);
});
