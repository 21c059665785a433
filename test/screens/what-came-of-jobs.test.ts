import { expect, test } from 'vitest';
import type { Job } from '../../protocol/domain/job.ts';
import { presetSettings } from '../../tui/host/settings/settings.ts';
import type { Model } from '../../tui/screens/bench.ts';
import { jobOutcomeWords } from '../../tui/screens/jobs/job-words.ts';
import { jobSections } from '../../tui/screens/jobs/jobs-view.ts';
import { resultPage } from '../../tui/screens/restore/result-page.ts';
import { emptyState } from '../../tui/store/state.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import { unicodeGlyphs } from '../../tui/theme/theme.ts';
import { plainText } from '../../tui/widgets/line.ts';
import { cannedJob, cannedNowMs, cannedSnapshot } from '../support/canned-snapshot.ts';

const model: Model = {
  ...{ state: emptyState, ui: initialUiState, nowMs: cannedNowMs, settings: presetSettings },
  ...{ columns: 80, rows: 24, editorColumns: 80, glyphs: unicodeGlyphs },
};

test('what was loaded beside the live tables is not said to be unpacked, nor the application to be down', () => {
  const restore = { outcome: 'unpacked', downtimeMs: 0, notes: [] } as const;
  const inFolder = { ...restore, folder: '/tmp/look' };
  const jobOf = (one: typeof restore) =>
    cannedJob({ state: { kind: 'done', result: { kind: 'restore', restore: one } } });
  expect([restore, inFolder].map((one) => jobOutcomeWords(jobOf(one)))).toEqual([
    'beside what is live',
    '/tmp/look',
  ]);
  const headOf = (one: typeof restore) =>
    plainText(resultPage('x', one, model, 78)[1] ?? []).trim();
  expect([restore, inFolder].map(headOf)).toEqual([
    'Loaded beside the live tables and counted. Nothing live was touched.',
    'Unpacked and checked. Nothing live was touched.',
  ]);
});

test('a job that was cancelled while it waited never started', () => {
  const pageOf = (state: Job['state']) => {
    const job = cannedJob({ id: 9, state, startedAtMs: undefined });
    const ui = {
      ...model.ui,
      pages: { ...model.ui.pages, jobs: { kind: 'job', job: 9 } as const },
    };
    const snapshot = { ...cannedSnapshot(), jobs: [job] };
    return jobSections({ ...model, ui, state: { ...model.state, snapshot } })
      .flatMap((one) => (one.kind === 'lines' ? one.lines : []))
      .map((one) => plainText(one).trim());
  };
  expect(pageOf({ kind: 'cancelled' })).toContain('Started         never');
  expect(pageOf({ kind: 'queued' })).toContain('Started         not started yet');
});
