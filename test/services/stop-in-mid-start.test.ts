import { expect, test } from 'vitest';
import { fakeService, ServiceFixture } from '../support/service-fixture.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

test('services that are stopped for good while they are being started leave none behind', async () => {
  await using fixture = new ServiceFixture();
  const alike = { autoStart: true, stopWithAgent: true };
  const supervisor = fixture.supervise({
    host: fakeService('obedient', { ...alike, stableSeconds: 30 }),
    agent: fakeService('obedient', { ...alike, dependsOn: ['host'] }),
  });
  const healths = () => supervisor.services().map(({ id, health }) => [id, health]);
  const starting = supervisor.startAll(signal);
  await until(() =>
    supervisor.services().some(({ id, pid }) => id === 'host' && pid !== undefined),
  );
  await supervisor.stopAll(signal);
  await starting;
  expect(healths()).toEqual([
    ['host', 'stopped'],
    ['agent', 'stopped'],
  ]);
});
