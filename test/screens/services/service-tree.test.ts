import { expect, test } from 'vitest';
import type { Service } from '../../../protocol/domain/service.ts';
import { serviceTree } from '../../../tui/screens/services/service-tree.ts';

const service = (id: string, ...dependsOn: string[]): Service => ({
  id,
  role: 'host',
  manager: 'process',
  dependsOn,
  health: 'healthy',
  why: 'running',
  sinceMs: 0,
  restarts: 0,
});

const drawn = (...services: Service[]): readonly string[] =>
  serviceTree(services).map(
    ({ service: { id }, depth, also }) =>
      `${'  '.repeat(depth)}${id}${also.length === 0 ? '' : ` (also ${also.join(', ')})`}`,
  );

test('each service stands below what it needs, in the order of the configuration', () => {
  expect(
    drawn(
      service('agent', 'host'),
      service('mail'),
      service('host', 'database'),
      service('web', 'host'),
      service('database'),
    ),
  ).toEqual(['mail', 'database', '  host', '    agent', '    web']);
});

test('what needs several stands once, below the deepest, and the others are named', () => {
  expect(
    drawn(
      service('database'),
      service('cache'),
      service('host', 'database', 'cache'),
      service('agent', 'cache', 'host', 'database'),
    ),
  ).toEqual(['database', '  host (also cache)', '    agent (also cache, database)', 'cache']);
});

test('what needs something unknown or itself, and a circle, lose no service', () => {
  expect(drawn(service('a', 'gone'), service('b', 'b'))).toEqual(['a (also gone)', 'b (also b)']);
  expect(
    serviceTree([service('a', 'b'), service('b', 'a'), service('c', 'a')])
      .map((row) => row.service.id)
      .toSorted(),
  ).toEqual(['a', 'b', 'c']);
});
