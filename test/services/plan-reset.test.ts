import { expect, test } from 'vitest';
import { orderServices } from '../../agent/services/order-services.ts';
import { activeServices, planReset } from '../../agent/services/plan-reset.ts';

const clinic = {
  agent: { dependsOn: ['host'] },
  host: { dependsOn: ['database'] },
  database: {},
  reports: { dependsOn: ['database'] },
};
const all = new Set(Object.keys(clinic));

test('all services are stopped from the top and started from the ground', () => {
  expect(planReset(clinic, 'all', all)).toEqual({
    stop: ['reports', 'agent', 'host', 'database'],
    start: ['database', 'host', 'agent', 'reports'],
  });
});

test('a reset of one takes what depends on it along, and nothing else', () => {
  expect(planReset(clinic, ['host'], all)).toEqual({
    stop: ['agent', 'host'],
    start: ['host', 'agent'],
  });
});

test('what was stopped before stays stopped, unless it was asked for by name', () => {
  const active = new Set(['database']);
  expect(planReset(clinic, 'all', active)).toEqual({ stop: ['database'], start: ['database'] });
  expect(planReset(clinic, ['host'], active)).toEqual({ stop: [], start: ['host'] });
});

test('services that depend on each other in a circle are refused with the circle', () => {
  const circle = { a: { dependsOn: ['b'] }, b: { dependsOn: ['c'] }, c: { dependsOn: ['b'] } };
  expect(() => orderServices(circle)).toThrow('in a circle: b -> c -> b');
});

test('an unknown service is refused by name, asked for or depended on', () => {
  expect(() => planReset(clinic, ['hots'], all)).toThrow('there is no service "hots"');
  expect(() => orderServices({ a: { dependsOn: ['b'] } })).toThrow('there is no service "b"');
});

test('ill, failed and hung ones count as active, stopped ones do not', () => {
  const states = ['healthy', 'starting', 'ill', 'failed', 'flapping', 'unknown'] as const;
  const services = [...states, 'stopped' as const, 'stopping' as const].map((health) => ({
    id: health,
    role: 'host' as const,
    manager: 'process',
    dependsOn: [],
    health,
    why: '',
    sinceMs: 0,
    restarts: 0,
  }));
  expect([...activeServices(services)]).toEqual([...states]);
});
