import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { openState } from '../../agent/state/state.ts';
import { startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { startKedgeOnDisks, testWithDisks } from '../support/small-disks.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

vi.setConfig({ testTimeout: 60_000 });

const diskTest = testWithDisks();
const orphans = 40;

/** As a Kedge leaves it that died in its jobs and in a reset. */
async function died(): Promise<{ readonly home: string; readonly state: string }> {
  const { home } = await makeSmallApplication(temporaryFolder());
  await (await startKedge(home)).stop();
  const state = join(home, 'state');
  mkdirSync(join(state, 'resets'), { recursive: true });
  writeFileSync(join(state, 'resets', '999.json'), '{}');
  using records = openState(join(state, 'state.sqlite'));
  const order = { kind: 'verify', path: '/none', backup: 'none' };
  const asked = { kind: 'verify', title: 'verify', command: '', origin: 'kedge', order } as const;
  for (let n = 0; n < orphans; n += 1) records.jobs.add(asked, 1);
  return { home, state };
}

diskTest(
  'what a full disk keeps from being written down at the start keeps Kedge from nothing else',
  async () => {
    const { home, state } = await died();
    const disk = { folder: state, sizeBytes: 8 << 20, freeBytes: 128 << 10 };
    await using kedge = await startKedgeOnDisks(home, [disk]);
    const lines = kedge.output().split('\n');
    const told = lines.filter((line) => line.includes('was interrupted: Kedge stopped'));
    expect(told.length).toBe(orphans);
    const full =
      'waits until there is room: Kedge met a fault of its own: database or disk is full';
    expect(lines.some((line) => line.endsWith(`error the end of job ${orphans} ${full}`))).toBe(
      true,
    );
    expect(lines.some((line) => line.endsWith(`error what a dead job left ${full}`))).toBe(true);
  },
);

diskTest('a disk without any room is named as what keeps Kedge from its start', async () => {
  const { home, state } = await died();
  const disk = { folder: state, sizeBytes: 8 << 20, freeBytes: 8 << 10 };
  await expect(startKedgeOnDisks(home, [disk])).rejects.toThrow(
    `Kedge can not keep its own files in "${state}": the disk is full`,
  );
});
