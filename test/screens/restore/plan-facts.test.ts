import { expect, test } from 'vitest';
import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import { planLines } from '../../../tui/commands/report/plan-lines.ts';
import { cannedPlan } from '../../support/answer-everything.ts';
import { cannedNowMs } from '../../support/canned-snapshot.ts';

const files = { newer: 2, changed: 0, deleted: 0, bytesNewer: 1024, examples: [] };
const changes = [
  { source: 'db', engine: 'postgres-server', live: '/db', bytes: 1, problem: 'not counted' },
  { source: 'uploads', engine: 'files', live: '/uploads', bytes: 1, files },
];

const said = (more: Partial<RestorePlan>): string =>
  planLines(cannedPlan({ changes, ...more }), cannedNowMs).join(' ');

test('nothing is said of rows that nobody counted', () => {
  expect(said({})).toMatch(/Lost +the work of the last [^;]*: 2 new files/);
  expect(said({})).not.toContain('no rows');
});

test('of what is unpacked is said where it goes, and that nothing is replaced', () => {
  const text = said({ mode: { kind: 'elsewhere', folder: '/look' } });
  expect(text).toMatch(/What is unpacked.*to \/db.*to \/uploads/);
  expect(text).not.toContain('replace');
});
