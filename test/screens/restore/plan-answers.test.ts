import { expect, test } from 'vitest';
import type { SourceChange } from '../../../protocol/domain/restore.ts';
import { answersOf, questionOf } from '../../../tui/screens/restore/plan-answers.ts';
import { cannedPlan } from '../../support/answer-everything.ts';

const inServer: SourceChange = {
  ...{ source: 'db', engine: 'postgres', live: 'database "clinic"', bytes: 1000 },
  tables: [{ table: 'public.visit', backupRows: 10, liveRows: 14 }],
  wholeTables: true,
  problem: 'only the numbers of rows are compared',
};

const keepOf = (plan: ReturnType<typeof cannedPlan>) =>
  answersOf(plan, 7).find(({ id }) => id === 'plan.keep');

test('where a database in a server comes back nobody is asked whether newer rows are to stay', () => {
  const plan = cannedPlan({ changes: [inServer], merges: [] });
  expect(questionOf(plan)).toBe('Since then 4 rows were added or changed, and would go.');
  expect(keepOf(plan)?.disabled).toBe('a server comes back as it was');
  const { wholeTables: _whole, ...file } = inServer;
  const server: SourceChange = {
    source: 'db',
    engine: 'x',
    live: '/db',
    bytes: 1,
    wholeOnly: true,
  };
  expect(keepOf(cannedPlan({ changes: [file, server], merges: [] }))?.disabled).toBe(
    'a server comes back as it was',
  );
  const other = cannedPlan({ changes: [file], merges: [] });
  expect(questionOf(other)).toMatch(/drop them, or keep them\?$/);
  expect(keepOf(other)?.disabled).toBeUndefined();
});

test('numbers of rows that are the same are no proof that nothing is newer', () => {
  const tables = [{ table: 'public.visit', backupRows: 10, liveRows: 10 }];
  const counted = cannedPlan({ changes: [{ ...inServer, tables }], merges: [] });
  expect(questionOf(counted)).toMatch(/^Nothing newer was counted\./);
  const { problem: _problem, ...compared } = { ...inServer, tables };
  expect(questionOf(cannedPlan({ changes: [compared], merges: [] }))).toMatch(
    /^Nothing newer was found/,
  );
});

test('single rows that are as they were are not brought back once more', () => {
  const { problem: _problem, wholeTables: _whole, ...compared } = inServer;
  const parts = [{ source: 'db', tables: [{ table: 'public.visit', keys: [[1]] }] }];
  const planOf = (inserted: number) =>
    cannedPlan({
      parts,
      changes: [compared],
      merges: [
        {
          source: 'db',
          tables: [
            {
              ...{ table: 'public.visit', inserted, overwritten: 0, deleted: 0 },
              ...{ reusedKeys: 0, orphans: 0, examples: [] },
            },
          ],
        },
      ],
    });
  const runOf = (inserted: number) =>
    answersOf(planOf(inserted), 7).find(({ id }) => id === 'plan.run')?.disabled;
  expect([runOf(0), runOf(1)]).toEqual(['nothing to do', undefined]);
  expect(answersOf(cannedPlan({ merges: [] }), 7)[1]?.disabled).toBeUndefined();
});
