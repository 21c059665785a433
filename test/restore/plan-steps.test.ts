import { expect, test } from 'vitest';
import { planSteps } from '../../agent/restore/plan-steps.ts';

test('of single tables of a server the steps name the tables, not the source', () => {
  const change = { source: 'db', engine: 'postgres', live: 'database "clinic"', bytes: 1 };
  const order = { running: ['host'], safety: undefined, withoutUndo: false };
  const parts = [{ source: 'db', tables: [{ table: 'a.b' }, { table: 'a.c' }] }];
  const changes = [{ ...change, wholeTables: true as const }];
  expect(planSteps({ ...order, changes, parts })).toEqual([
    'Load a.b, a.c beside the live ones in database "clinic"',
    'Stop host',
    'Keep what is live now for an undo',
    'Exchange a.b, a.c',
    'Start host, each until it is healthy',
    'If one of them does not become healthy, bring the old data back',
  ]);
  expect(planSteps({ ...order, changes })).toContain('Exchange db');
});
