import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { removeResetRecord, saveResetRecord } from '../../agent/services/reset-record-file.ts';
import { ResetFixture, stepsOf } from '../support/reset-fixture.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

test('a reset that died is finished: what ran before it is started and the report says where it died', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database');
  const report = await fixture.resume({
    start: ['database', 'host', 'agent', 'removed-since'],
    at: 'stopping database',
  });
  expect(report).toMatchObject({ outcome: 'done', interruptedAt: 'stopping database' });
  expect(fixture.healths()).toMatchObject({
    agent: 'healthy',
    host: 'healthy',
    database: 'healthy',
  });
  expect(fixture.records.at(-1)).toEqual({ start: ['database', 'host', 'agent'] });
});

test.each([1, 2])(
  'a disk that is full from record %i of a reset on leaves nothing stopped that ran',
  async (record) => {
    await using fixture = new ResetFixture();
    await fixture.start('database', 'host');
    fixture.fullFrom = record;
    const { outcome } = await fixture.reset('database');
    expect(outcome).toBe(record < 2 ? 'rolled back' : 'done');
    expect(fixture.healths()).toMatchObject({ database: 'healthy', host: 'healthy' });
    expect(fixture.logged.join()).toContain('could not be written down');
  },
);

test('a reset that died is finished on a full disk too', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('host');
  fixture.fullFrom = 0;
  const died = { start: ['database', 'host'], at: 'stopping host', stopping: 'host' };
  expect(await fixture.resume(died)).toMatchObject({ outcome: 'done' });
  expect(fixture.healths()).toMatchObject({ database: 'healthy', host: 'healthy' });
});

test('an automatic reset leaves alone what was stopped since it was ordered', async () => {
  await using fixture = new ResetFixture();
  await fixture.start('database');
  expect(stepsOf(await fixture.resetByItself('host'))).toEqual([]);
  expect(fixture.healths()).toMatchObject({ host: 'stopped', database: 'healthy' });
});

test('a reset that had come to its end is not taken up again', async () => {
  await using fixture = new ResetFixture();
  expect(await fixture.resume({ start: ['host'] })).toBeUndefined();
  expect(fixture.service('host')?.health).not.toBe('healthy');
});

test('a misspelt service is refused before anything is stopped', async () => {
  await using fixture = new ResetFixture();
  await expect(fixture.reset('hots')).rejects.toThrow('there is no service "hots"');
  expect(fixture.records).toEqual([]);
});

test('one that had been asked to stop when Kedge died is waited for before it is started', async () => {
  const slow = ['/bin/sh', '-c', 'trap "sleep 0.6; exit 0" TERM; echo ready; sleep 60 & wait'];
  await using fixture = new ResetFixture({ host: { command: slow, dependsOn: [] } });
  await fixture.start('host');
  await until(async () => (await fixture.supervisor.logs('host', 1)).includes('ready'));
  const before = fixture.incarnation('host');
  process.kill(fixture.service('host')?.pid ?? 0, 'SIGTERM');
  const record = { start: ['host'], at: 'stopping host', stopping: 'host' };
  const report = await fixture.resume(record);
  expect([
    report?.outcome,
    ...stepsOf(report ?? { outcome: 'done', steps: [], retried: [] }),
  ]).toEqual(['done', 'stop host done', 'start host done']);
  expect(fixture.incarnation('host')).not.toBe(before);
});

test('the record of a reset goes with what was left of one that was half written, that of another stays', async () => {
  const state = temporaryFolder();
  const resets = join(state, 'resets');
  for (const job of [4, 44]) {
    await saveResetRecord(state, job, { start: ['host'], at: 'stopping host' });
    writeFileSync(join(resets, `.${job}.json.1.tmp`), '{"sta');
  }
  await removeResetRecord(join(resets, '4.json'));
  expect(readdirSync(resets).sort()).toEqual(['.44.json.1.tmp', '44.json']);
});
