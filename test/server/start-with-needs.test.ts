import { expect, test } from 'vitest';
import { startWithNeeds } from '../../agent/server/start-with-needs.ts';
import type { HealthState, Service } from '../../protocol/domain/service.ts';

function service(id: string, health: HealthState, ...dependsOn: string[]): Service {
  const facts = { role: 'host', manager: 'process', why: '', sinceMs: 0, restarts: 0 } as const;
  return { ...facts, id, health, dependsOn };
}

function control(...all: readonly Service[]) {
  const started: string[] = [];
  return {
    started,
    status: async () => all,
    start: async (id: string) => {
      started.push(id);
      if (id === 'broken') throw new Error('exit 3');
    },
  };
}
const { signal } = new AbortController();

test('what a service needs and is down is started before it, in order, and told', async () => {
  const services = control(
    service('agent', 'stopped', 'host'),
    service('host', 'failed', 'database', 'cache'),
    service('cache', 'ill'),
    service('database', 'stopped'),
    service('mailer', 'stopped'),
  );
  expect(await startWithNeeds(services, 'agent', signal)).toEqual(['database', 'host']);
  expect(services.started).toEqual(['database', 'host', 'agent']);
});

test('where what it needs does not come up it is not started', async () => {
  const services = control(service('host', 'stopped', 'broken'), service('broken', 'stopped'));
  await expect(startWithNeeds(services, 'host', signal)).rejects.toThrow('exit 3');
  expect(services.started).toEqual(['broken']);
});
