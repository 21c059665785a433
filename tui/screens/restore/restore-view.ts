import type { RestorePlan, Undo } from '../../../protocol/domain/restore.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordAgo, wordAhead } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { ListSection, Section } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import { backupList } from '../back-up/backup-list.ts';
import type { Model } from '../bench.ts';
import { fieldState } from '../form-values.ts';
import { findJob } from '../jobs/find-job.ts';
import { jobProgressLines } from '../jobs/job-progress.ts';
import { planPage } from './plan-page.ts';
import { resultSections } from './restore-result.ts';

const words = texts.restore;

/** Choose, read the plan, type the name, see it through, undo: one page for each step. */
export function restoreSections(model: Model): readonly Section[] {
  const page = model.ui.pages.restore;
  if (page?.kind === 'plan') return planSections(model, page.job);
  if (page?.kind === 'restore') return resultSections(model, page.job);
  return chooseSections(model);
}

function guide(step: number, width: number): Section {
  const steps = words.guide.map((text, index): Line[number] =>
    span(` ${index + 1} ${text} `, index === step ? 'heading' : 'muted'),
  );
  const fits = width >= 76;
  const active = steps[step];
  return { kind: 'lines', lines: [fits || active === undefined ? steps : [active], emptyLine] };
}

function chooseSections(model: Model): readonly Section[] {
  const path = fieldState(model, 'restore.path');
  return [
    guide(0, model.editorColumns),
    {
      kind: 'field',
      id: 'restore.path',
      label: words.path,
      value: path,
      placeholder: words.pathPlaceholder,
      submit: { command: 'restore.plan-path', args: {} },
    },
    { kind: 'lines', lines: [emptyLine], drop: 3 },
    backupList(model, 'restore.list', ({ id }) => ({
      command: 'restore.plan',
      args: { backup: id },
    })),
    undoList(model),
  ];
}

export function readyUndos(model: Model): readonly Undo[] {
  return (model.state.snapshot?.undos ?? []).filter(({ state }) => state === 'ready');
}

function undoList(model: Model): ListSection {
  const undos = readyUndos(model);
  const columns = table(
    [
      { title: words.columns.undo, width: 'rest' },
      { title: words.columns.made, width: 12 },
      { title: words.columns.expires, width: 12 },
      { title: words.columns.size, width: 9, align: 'right', drop: 2 },
    ],
    model.glyphs.ellipsis,
  );
  return {
    kind: 'list',
    id: 'restore.undos',
    title: [...line(` ${words.undos}`, 'heading'), span(`  ${words.undosNote}`, 'muted')],
    header: columns.header,
    count: undos.length,
    min: 3,
    max: 6,
    keyOf: (index) => undos[index]?.id ?? '',
    row: (index, width) => {
      const undo = undos[index];
      if (undo === undefined) return [];
      const { title, createdAtMs, expiresAtMs, bytes } = undo;
      return columns.row(
        [
          title,
          wordAgo(createdAtMs, model.nowMs),
          wordAhead(expiresAtMs, model.nowMs),
          formatBytes(bytes),
        ],
        width,
      );
    },
    empty: [words.noUndos],
    open: (index) => ({ command: 'undo.run', args: { undo: undos[index]?.id ?? '' } }),
  };
}

function planSections(model: Model, id: number): readonly Section[] {
  const job = findJob(model, id);
  const back = { id: 'plan.back', label: words.back, action: { command: 'back' } };
  if (job?.state.kind === 'done' && job.state.result.kind === 'plan') {
    return readySections(model, job.state.result.plan);
  }
  return [
    guide(0, model.editorColumns),
    { kind: 'lines', lines: jobProgressLines(job, model, words.planning) },
    { kind: 'buttons', buttons: [back] },
  ];
}

function readySections(model: Model, plan: RestorePlan): readonly Section[] {
  const [obstacle] = plan.obstacles;
  return [
    guide(1, model.editorColumns),
    {
      kind: 'page',
      id: 'plan.page',
      min: 5,
      lines: (width) => planPage(plan, model, width),
    },
    { kind: 'lines', lines: [emptyLine], drop: 3 },
    {
      kind: 'buttons',
      buttons: [
        { id: 'plan.back', label: words.back, action: { command: 'back' } },
        {
          id: 'plan.run',
          label: words.run,
          action: { command: 'restore.run', args: { plan: plan.id } },
          disabled: obstacle === undefined ? undefined : words.cannot,
        },
      ],
    },
  ];
}
