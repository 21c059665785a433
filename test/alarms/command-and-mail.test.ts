import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MailRouteSettings } from '../../agent/config/alarm-settings.ts';
import { ownCertificate, startMailSink } from '../support/mail-sink.ts';
import { testWith } from '../support/require-tool.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { offline, openDesk, settle } from './desk-fixture.ts';

function script(body: string): { readonly path: string; readonly out: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'tell.sh');
  const out = join(folder, 'out');
  writeFileSync(path, `#!/bin/sh\n${body.replaceAll('OUT', out)}\n`);
  chmodSync(path, 0o755);
  return { path, out };
}

const signal = (): AbortSignal => AbortSignal.timeout(15_000);

test('a command gets the alarm as JSON and variables, and nothing of the environment of Kedge', async () => {
  process.env['KEDGE_TEST_SECRET'] = 'not for scripts';
  const { path, out } = script(
    'cat > OUT.json; env > OUT.env; printf "%s" "$1" > OUT.arg; mv OUT.env OUT',
  );
  const fixture = openDesk({ page: { kind: 'command', command: [path, '$(touch x); "quoted"'] } });
  settle(fixture, [{ ...offline, text: 'a "quoted" $(text)\0 with\nlines' }]);
  await until(() => fixture.desk().current()[0]?.deliveries[0]?.state === 'sent');
  const environment = readFileSync(out, 'utf8');
  expect(JSON.parse(readFileSync(`${out}.json`, 'utf8'))).toMatchObject({
    what: 'open',
    alarm: { key: 'store-local', hint: 'Mount it.' },
  });
  expect(environment).toContain('KEDGE_ALARM_SEVERITY=error\n');
  expect(environment).toContain('KEDGE_ALARM_PLACE=/mnt/backup\n');
  expect(environment).toContain('KEDGE_ALARM_TEXT=ERROR: a "quoted" $(text) with\n');
  expect(environment).not.toContain('KEDGE_TEST_SECRET');
  expect(readFileSync(`${out}.arg`, 'utf8')).toBe('$(touch x); "quoted"');
});

test.each([
  ['fails', 30, 'echo no line; exit 3', 'it ended with exit code 3: no line'],
  ['hangs', 3, 'echo dialing; exec tail -f /dev/null', 'it did not end within 3 s: dialing'],
])('a command that %s is told with what it said last', async (_, timeoutSeconds, body, problem) => {
  const { path } = script(body);
  const fixture = openDesk({ page: { kind: 'command', command: [path], timeoutSeconds } });
  expect(await fixture.desk().test('page', signal())).toMatchObject([{ state: 'failed', problem }]);
});

const mail = (port: number): MailRouteSettings => ({
  kind: 'mail',
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'kedge@clinic.example',
  to: ['ops@clinic.example', 'boss@clinic.example'],
});

test('a burst is one mail, and so is its cure', async () => {
  await using sink = await startMailSink();
  const fixture = openDesk({ ops: mail(sink.port) }, { gatherMs: 10_000 });
  const seven = [...Array(7).keys()].map((n) => ({
    ...offline,
    id: `p${n}`,
    text: `problem ${n}`,
  }));
  settle(fixture, seven);
  fixture.pass(10_000);
  fixture.desk().look(seven);
  await until(() => sink.mails.length === 1);
  fixture.pass(10_000);
  fixture.desk().look([]);
  fixture.pass(1_000);
  fixture.desk().look([]);
  fixture.pass(10_000);
  fixture.desk().look([]);
  await until(() => sink.mails.length === 2);
  expect(sink.mails.map(({ subject }) => subject.replace(/ on \S+\]/, ']'))).toEqual([
    '[Clinic] 7 problems',
    '[Clinic] 7 cured',
  ]);
  expect(sink.mails[0]?.to).toEqual(['ops@clinic.example', 'boss@clinic.example']);
  expect(sink.mails[0]?.raw.match(/ERROR: problem \d/g)).toHaveLength(7);
});

test('a single alarm stands in the subject, which takes no header of a hostile text', async () => {
  await using sink = await startMailSink();
  const fixture = openDesk({ ops: mail(sink.port) });
  settle(fixture, [{ ...offline, text: 'bad\r\nBcc: thief@evil.example\r\n\r\nbody' }]);
  await until(() => sink.mails.length === 1);
  expect(sink.mails[0]?.to).toHaveLength(2);
  expect(sink.mails[0]?.subject).toMatch(/ERROR: bad Bcc: thief@evil.example body$/);
  expect(sink.mails[0]?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
});

testWith('openssl')(
  'mail goes by TLS with a password, and not where either is refused',
  async () => {
    const certificate = ownCertificate(temporaryFolder());
    await using starttls = await startMailSink({ ...certificate, authOptional: false });
    await using tls = await startMailSink({ ...certificate, secure: true });
    await using plain = await startMailSink();
    const password = join(temporaryFolder(), 'password');
    writeFileSync(password, 'right\n', { mode: 0o600 });
    const wrong = join(temporaryFolder(), 'wrong');
    writeFileSync(wrong, 'wrong\n', { mode: 0o600 });
    const caFile = certificate.path;
    const login = { user: 'kedge', password: { file: password } };
    const fixture = openDesk({
      good: { ...mail(starttls.port), security: 'starttls', caFile, ...login },
      implicit: { ...mail(tls.port), security: 'tls', caFile },
      stranger: { ...mail(starttls.port), security: 'starttls', ...login },
      denied: {
        ...mail(starttls.port),
        security: 'starttls',
        caFile,
        user: 'kedge',
        password: { file: wrong },
      },
      downgraded: { ...mail(plain.port), security: 'starttls', ...login },
    });
    const told = await fixture.desk().test(undefined, signal());
    expect(told.map(({ route, state }) => [route, state])).toEqual([
      ['good', 'sent'],
      ['implicit', 'sent'],
      ['stranger', 'failed'],
      ['denied', 'failed'],
      ['downgraded', 'failed'],
    ]);
    const problems = told.flatMap(({ problem }) => problem ?? []);
    expect(problems).toEqual([
      expect.stringContaining('certificate'),
      expect.stringContaining('Invalid login'),
      expect.stringMatching(/STARTTLS/i),
    ]);
    expect(problems.join('\n')).not.toContain('wrong');
    expect(starttls.mails).toMatchObject([{ secure: true, user: 'kedge' }]);
    expect(tls.mails).toMatchObject([{ secure: true }]);
    expect(plain.mails).toEqual([]);
  },
);

test('a mail server that is gone is named', async () => {
  const sink = await startMailSink();
  await sink[Symbol.asyncDispose]();
  const fixture = openDesk({ ops: mail(sink.port) });
  expect(await fixture.desk().test('ops', signal())).toMatchObject([
    { state: 'failed', problem: expect.stringContaining('ECONNREFUSED') },
  ]);
  expect(fixture.desk().routes()).toMatchObject([
    { to: `ops@clinic.example, boss@clinic.example by 127.0.0.1:${sink.port}` },
  ]);
});
