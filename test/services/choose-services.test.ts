import { expect, test } from 'vitest';
import { chooseServices } from '../../agent/services/choose-services.ts';
import type { Service } from '../../protocol/domain/service.ts';

const one = (id: string, role: Service['role'], health: Service['health']): Service => ({
  id,
  role,
  manager: 'process',
  dependsOn: [],
  health,
  why: '',
  sinceMs: 0,
  restarts: 0,
});
const services = [
  one('db', 'database', 'healthy'),
  one('web', 'host', 'failed'),
  one('api', 'host', 'healthy'),
  one('worker', 'agent', 'stopped'),
  one('mail', 'agent', 'stopped'),
];

test.each([
  ['nothing named', {}, { ids: 'all', kedge: false }],
  ['an empty list', { services: [] }, { ids: 'all', kedge: false }],
  ['some', { services: ['db'] }, { ids: ['db'], kedge: false }],
  ['a role', { role: 'host' }, { ids: ['web', 'api'], kedge: false }],
  [
    'a role and a name',
    { role: 'host', services: ['db'] },
    { ids: ['db', 'web', 'api'], kedge: false },
  ],
  [
    'the sick, and what the last reset left down',
    { sick: true },
    { ids: ['web', 'worker'], kedge: false },
  ],
  ['all and Kedge', { kedge: true }, { ids: 'all', kedge: true }],
  ['Kedge alone', { kedge: true, services: [] }, { ids: [], kedge: true }],
  ['some and Kedge', { kedge: true, services: ['db'] }, { ids: ['db'], kedge: true }],
] as const)('%s', (_, choice, expected) => {
  expect(chooseServices(choice, services, ['worker', 'api'])).toEqual(expected);
});

test('a choice of nothing is refused and says why', () => {
  const well = services.filter(({ role }) => role === 'database');
  expect(() => chooseServices({ sick: true }, well, [])).toThrow('no service is ill');
  expect(() => chooseServices({ role: 'host' }, well, [])).toThrow('has the role "host"');
  expect(() => chooseServices({ services: ['dbb'] }, well, [])).toThrow('no service "dbb"');
});
