import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { secret, secretFile } from '../support/alarm-secret.ts';
import { startHttpSink } from '../support/http-sink.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { offline, openDesk, pace, settle } from './desk-fixture.ts';

test('it is given up after so many tries', async () => {
  await using sink = await startHttpSink();
  sink.answerWith(500, 500, 500, 500, 500, 500);
  const fixture = openDesk({ chat: { kind: 'webhook', url: sink.url } });
  settle(fixture, [offline]);
  for (let tries = 1; tries <= pace.maxTries; tries++) {
    await until(() => fixture.desk().current()[0]?.deliveries[0]?.tries === tries);
    fixture.pass(3_600_000);
    fixture.desk().look([offline]);
  }
  expect(fixture.desk().current()[0]?.deliveries).toMatchObject([{ state: 'failed', tries: 4 }]);
  expect(sink.received).toHaveLength(4);
});

test.each([
  ['a redirect', [302], 'it answered with a redirect (302), which is not followed'],
  ['a refusal', [401], 'it answered 401 Unauthorized'],
] as const)('%s is final, and nothing is sent elsewhere', async (_, statuses, problem) => {
  await using sink = await startHttpSink();
  sink.answerWith(...statuses);
  const fixture = openDesk({ chat: { kind: 'webhook', url: `${sink.url}/hook` } });
  settle(fixture, [offline]);
  await until(() => fixture.desk().current()[0]?.deliveries[0]?.state === 'failed');
  expect(fixture.desk().current()[0]?.deliveries).toMatchObject([{ problem, tries: 1 }]);
  expect(sink.received.map(({ path }) => path)).toEqual(['/hook']);
});

test('a server that does not answer, or is not there, is named', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const test = async (limit: { timeoutSeconds?: number }) => {
    const fixture = openDesk({ chat: { kind: 'webhook', url, ...limit } });
    return (await fixture.desk().test('chat', new AbortController().signal))[0];
  };
  const silence = await test({ timeoutSeconds: 0.2 });
  expect(silence).toMatchObject({ state: 'failed', problem: 'no answer within 0.2 s' });
  silent.closeAllConnections();
  silent.close();
  await once(silent, 'close');
  expect(await test({})).toMatchObject({ problem: expect.stringContaining('ECONNREFUSED') });
});

test('a secret that others may read is refused, and its text is nowhere', async () => {
  await using sink = await startHttpSink();
  const path = secretFile(0o644);
  const fixture = openDesk({ chat: { kind: 'webhook', url: sink.url, secret: { file: path } } });
  const told = await fixture.desk().test(undefined, AbortSignal.timeout(10_000));
  expect(told).toMatchObject([
    {
      route: 'chat',
      what: 'test',
      state: 'failed',
      problem: `other users may read "${path}" (mode 644, not 600)`,
    },
  ]);
  expect(sink.received).toEqual([]);
  expect(fixture.log.join('\n')).not.toContain(secret);
});

test('an address that is a secret is read at use and shown by where it is', async () => {
  await using sink = await startHttpSink();
  const path = join(temporaryFolder(), 'url');
  writeFileSync(path, `${sink.url}/services/TOKEN\n`, { mode: 0o600 });
  const fixture = openDesk({ chat: { kind: 'webhook', url: { file: path } } });
  await fixture.desk().test('chat', AbortSignal.timeout(10_000));
  expect(sink.received.map(({ path: asked }) => asked)).toEqual(['/services/TOKEN']);
  expect(fixture.desk().routes()).toMatchObject([{ to: `the address in "${path}"` }]);
});

test('a user and a password in an address are sent as a login, and are nowhere else', async () => {
  await using sink = await startHttpSink();
  const url = sink.url.replace('//', '//kedge:s%40cret@');
  const fixture = openDesk({ chat: { kind: 'webhook', url } });
  const told = await fixture.desk().test('chat', AbortSignal.timeout(10_000));
  expect(told).toMatchObject([{ state: 'sent' }]);
  const login = Buffer.from('kedge:s@cret').toString('base64');
  expect(sink.received[0]?.headers.authorization).toBe(`Basic ${login}`);
  expect(JSON.stringify([told, fixture.log, fixture.desk().routes()])).not.toContain('cret');
});

test('a ping tells how the last run ended, and what was before it no more', async () => {
  await using sink = await startHttpSink();
  sink.answerWith(500);
  const fixture = openDesk({ silence: { kind: 'ping', url: `${sink.url}/ping/uuid` } });
  const run = (good: boolean, text: string) =>
    fixture.desk().tell('silence', { what: 'run', good, text });
  run(true, 'first');
  await until(() => fixture.log.some((line) => line.includes('it answered 500')));
  run(false, 'second failed');
  fixture.pass(pace.retriesMs[0] ?? 0);
  fixture.desk().look([]);
  await until(() => sink.received.length === 2);
  run(true, 'third');
  await until(() => sink.received.length === 3);
  expect(sink.received.map(({ path, body }) => [path, body])).toEqual([
    ['/ping/uuid', 'first'],
    ['/ping/uuid/fail', 'second failed'],
    ['/ping/uuid', 'third'],
  ]);
});
