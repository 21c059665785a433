import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DoctorFinding } from '../../protocol/domain/doctor.ts';
import { doctorRun } from '../../protocol/methods/doctor.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';

const well: DoctorFinding = { area: 'kedge', tone: 'ok', thing: 'Kedge', text: 'runs' };
const bad: DoctorFinding = {
  area: 'permissions',
  tone: 'bad',
  thing: '/var/lib/kedge',
  text: "Kedge's own records can not be written",
  why: 'Without its records Kedge can do nothing.',
  cure: 'Give the folder back to it.',
  command: "sudo chown -R 998 '/var/lib/kedge'",
};

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  fake.answer(doctorRun, () => ({ findings: [well, bad] }));
});
afterEach(async () => await fake[Symbol.asyncDispose]());

describe.each([
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
])('in $columns columns', (size) => {
  test('the doctor stands behind d in the settings: the worst first, its cure below, Enter copies it', async () => {
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('Clinic');
    screen.press('8');
    await screen.shows('Doctor ]');
    screen.press('d');
    await screen.shows("> BAD     Permissions    /var/lib/kedge: Kedge's own records can not be");
    await screen.shows('Without its records Kedge can do nothing.');
    await screen.shows('Give the folder back to it.');
    await screen.shows("$ sudo chown -R 998 '/var/lib/kedge'");
    await screen.shows('  ok      Kedge          Kedge: runs');
    screen.press('\r');
    await screen.shows('sudo chown -R 998');

    fake.answer(doctorRun, () => ({ findings: [well] }));
    screen.press('r');
    await screen.shows('were looked at: all is well');
    screen.press('\u001B');
    await screen.shows('Edit the configuration');
  });
});

test('the palette leads to the doctor, and says that a support bundle is made in a shell', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('Clinic');
  screen.press(':', ...'look for what is wrong', '\r');
  await screen.shows('> BAD     Permissions');
  screen.press(':', ...'support bundle');
  await screen.shows('(only in a shell: kedge support)');
  expect(fake.calls.map(({ method }) => method)).not.toContain('support.collect');
});
