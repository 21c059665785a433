import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Config } from '../../agent/config/config.ts';
import { performReset } from '../../agent/jobs/perform-reset.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { fakeService } from '../support/service-fixture.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const nothing = () => undefined;

test('a resumed reset that dies too leaves the one record, at the step where it died', async () => {
  const stateFolder = temporaryFolder();
  const resets = join(stateFolder, 'resets');
  const resume = join(resets, '10.json');
  mkdirSync(resets);
  writeFileSync(resume, JSON.stringify({ start: ['host'], at: 'stopping host' }));
  const config = Config.parse({
    application: { id: 'clinic', name: 'Clinic' },
    sources: {},
    stores: {},
    services: { host: fakeService('obedient') },
  });
  const { signal } = new AbortController();
  const work = { job: 12, signal, scratch: stateFolder, progress: nothing, log: nothing };
  const order = { kind: 'reset', services: [], resume } as const;
  const message = { order, config, configText: '', stateFolder, installation: '', zone: 'UTC' };
  const asked: string[] = [];
  const services = {
    status: async () => [],
    stop: async () => undefined,
    start: async (id: string) => {
      asked.push(id);
      if (asked.length === 1)
        throw new KedgeError('interrupted', { kind: 'reset', step: '', why: 'Kedge died' });
    },
  };
  const perform = async () =>
    await performReset({ kind: 'start', job: 12, ...message }, order, work, services, nothing);
  await expect(perform()).rejects.toThrow('Kedge died');
  expect(readdirSync(resets)).toEqual(['10.json']);
  expect(JSON.parse(readFileSync(resume, 'utf8'))).toEqual({
    start: ['host'],
    at: 'starting host',
  });
  expect(await perform()).toMatchObject({ outcome: 'done', interruptedAt: 'starting host' });
  expect([readdirSync(resets), asked]).toEqual([[], ['host', 'host']]);
});
