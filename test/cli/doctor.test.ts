import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DoctorFinding } from '../../protocol/domain/doctor.ts';
import { doctorRun } from '../../protocol/methods/doctor.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const advice: DoctorFinding = {
  area: 'alarms',
  tone: 'advice',
  thing: 'routes',
  text: 'none',
  why: 'Nobody hears of it.',
  command: 'kedge config edit',
};

test('kedge doctor exits with 1 only where something is bad, and prints each cure', async () => {
  await using fake = await startFakeKedge();
  fake.answer(doctorRun, () => ({ findings: [advice] }));
  const well = recordingTerminal();
  expect(await runCli(['--socket', fake.socket, 'doctor'], well.terminal)).toBe(0);
  expect(well.out()).toContain(
    [
      'Alarms',
      '  advice  routes: none',
      '          Nobody hears of it.',
      `          $ kedge --socket ${fake.socket} config edit`,
    ].join('\n'),
  );
  expect(well.out()).toMatch(/0 bad, 1 worth an advice|0 bad, 2 worth an advice/);

  fake.answer(doctorRun, () => ({ findings: [{ ...advice, tone: 'bad' as const }] }));
  const ill = recordingTerminal();
  expect(await runCli(['--socket', fake.socket, '--json', 'doctor'], ill.terminal)).toBe(1);
  expect(JSON.parse(ill.out())).toMatchObject({ healthy: false, bad: 1 });
});

test('without a Kedge that answers the doctor says so, what it said last, and how to start it', async () => {
  const home = temporaryFolder();
  const env = { ...process.env, KEDGE_HOME: home };
  const nothing = recordingTerminal({ env });
  expect(await runCli(['doctor', '--json'], nothing.terminal)).toBe(1);
  const [first, ...others]: DoctorFinding[] = JSON.parse(nothing.out()).findings;
  expect(first).toMatchObject({ area: 'kedge', tone: 'bad', thing: join(home, 'kedge.sock') });
  expect(first?.command).toMatch(/^(kedge daemon|sudo systemctl start kedge.service)$/);
  expect(others.map(({ text }) => text)).toContain(
    'is not there yet: Kedge was never started here',
  );

  mkdirSync(join(home, 'state'));
  writeFileSync(join(home, 'state', 'daemon.log'), 'ready\nkedge: the disk is on fire\n');
  const died = recordingTerminal({ env });
  expect(await runCli(['doctor'], died.terminal)).toBe(1);
  expect(died.out()).toContain('the last it said: kedge: the disk is on fire');
  expect(died.out()).toContain(`$ tail -n 50 ${join(home, 'state', 'daemon.log')}`);
});
