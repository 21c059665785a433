import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DoctorArea, DoctorFinding } from '../../protocol/domain/doctor.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { doctorRun } from '../../protocol/methods/doctor.ts';
import { parseCommandLine } from '../../tui/cli/parse.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import { shellWords } from '../support/shell-words.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Findings = readonly DoctorFinding[];

function of(findings: Findings, area: DoctorArea, thing: string): Partial<DoctorFinding> {
  return findings.find((one) => one.area === area && one.thing === thing) ?? {};
}

test('the doctor says what is bad with its cure, and that it is well once it was cured', async () => {
  using folder = await tempFolder();
  const secret = join(folder.path, 'webhook-secret');
  writeFileSync(secret, 'hush', { mode: 0o644 });
  const url = 'http://127.0.0.1:9/alarm';
  const app = await makeSmallApplication(folder.path, {
    alarms: { routes: { ops: { kind: 'webhook', url, secret: { file: secret } } } },
    services: {
      gone: { manager: 'process', role: 'host', command: [join(folder.path, 'no-such-program')] },
    },
  });
  const config = join(app.home, 'kedge.jsonc');
  chmodSync(config, 0o666);
  rmSync(app.settings);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  chmodSync(join(app.home, 'state'), 0o755);

  const { findings } = await session.call(doctorRun, {});
  expect(of(findings, 'configuration', config)).toMatchObject({
    tone: 'bad',
    text: 'everybody can change it (mode 666)',
    command: `chmod o-rw '${config}'`,
  });
  expect(of(findings, 'configuration', 'alarms.routes.ops.secret')).toMatchObject({
    tone: 'bad',
    text: `other users may read "${secret}" (mode 644, not 600)`,
    command: `chmod 600 '${secret}'`,
  });
  expect(of(findings, 'permissions', join(app.home, 'state'))).toMatchObject({
    tone: 'advice',
    command: `chmod 700 '${join(app.home, 'state')}'`,
  });
  expect(of(findings, 'permissions', 'source "database"')).toMatchObject({ tone: 'ok' });
  expect(of(findings, 'permissions', 'source "settings"')).toMatchObject({ tone: 'bad' });
  expect(of(findings, 'services', 'service "gone"').text).toContain('no-such-program');
  expect(of(findings, 'services', 'service "gone"').tone).toBe('bad');
  expect(of(findings, 'backups', 'newest good backup')).toMatchObject({
    tone: 'bad',
    text: 'there is no backup',
    command: 'kedge backup create',
  });
  expect(of(findings, 'destinations', 'all destinations')).toMatchObject({ tone: 'advice' });
  expect(of(findings, 'keys', 'encryption').text).toBe('backups are not encrypted');
  expect(of(findings, 'alarms', 'route "ops"')).toMatchObject({
    tone: 'advice',
    command: 'kedge alarm test ops',
  });
  const tones = findings.filter(({ area }) => area === 'permissions').map(({ tone }) => tone);
  expect(tones).toEqual(tones.toSorted((a, b) => places.indexOf(a) - places.indexOf(b)));
  for (const { tone, why, cure, command, text } of findings)
    if (tone === 'bad') expect(why ?? cure ?? command, text).toBeDefined();
  const commands = findings.flatMap(({ command = '' }) => /kedge .*/.exec(command)?.[0] ?? []);
  expect(commands).toContainEqual(expect.stringContaining('schedule set'));
  for (const command of commands) {
    const { parsed } = parseCommandLine(shellWords(command).slice(1));
    expect(parsed.kind, command).toMatch(/^(?:command|help)$/);
  }

  chmodSync(config, 0o600);
  chmodSync(secret, 0o600);
  chmodSync(join(app.home, 'state'), 0o700);
  writeFileSync(app.settings, 'name = shop\n');
  const { job } = await session.call(backupCreate, { requestId: crypto.randomUUID() });
  await session.ended(job);
  await session.until(
    ({ change }) =>
      change.topic === 'job' && change.job.kind === 'verify' && change.job.state.kind === 'done',
  );
  const again = (await session.call(doctorRun, {})).findings;
  expect(of(again, 'configuration', config).tone).toBe('ok');
  expect(of(again, 'configuration', 'alarms.routes.ops.secret').tone).toBe('ok');
  expect(of(again, 'permissions', join(app.home, 'state')).tone).toBe('ok');
  expect(of(again, 'permissions', 'source "settings"').tone).toBe('ok');
  expect(of(again, 'permissions', 'restore of "uploads"').tone).toBe('ok');
  expect(of(again, 'backups', 'newest good backup')).toMatchObject({
    tone: 'ok',
    text: 'taken just now',
  });
  // The advice to start Kedge by systemd, and the like, is no reason to fail.
  expect(again.filter(({ tone }) => tone === 'bad').map(({ area }) => area)).toEqual(
    expect.not.arrayContaining(['configuration', 'permissions', 'backups']),
  );
});

const places = ['bad', 'advice', 'ok'];

test('without a configuration the doctor says how to begin', async () => {
  using folder = await tempFolder();
  await using kedge = await startKedge(join(folder.path, 'kedge'));
  using session = await openSession(kedge.socket);
  const { findings } = await session.call(doctorRun, {});
  expect(findings.find(({ area }) => area === 'configuration')).toMatchObject({
    tone: 'bad',
    command: 'kedge init',
  });
});
