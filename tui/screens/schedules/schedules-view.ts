import { weekdays } from '../../../protocol/domain/schedule.ts';
import { wordFailure } from '../../../protocol/failures.ts';
import { wordAgo, wordAhead, wordNearShort } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { FieldSection, ListSection, Section } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';
import { fieldState } from '../form-values.ts';
import { bullet } from '../page-lines.ts';
import {
  fieldId,
  formProblem,
  readForm,
  type ScheduleForm,
  setArguments,
} from './schedule-form.ts';

const words = texts.schedules;

/** The schedules, or the form of one with what it would mean. */
export function scheduleSections(model: Model): readonly Section[] {
  const page = model.ui.pages.schedules;
  return page?.kind === 'schedule' ? formSections(model, page.schedule) : [scheduleList(model)];
}

function scheduleList(model: Model): ListSection {
  const schedules = model.state.snapshot?.schedules ?? [];
  const columns = table(
    [
      { title: words.columns.name, width: 17 },
      { title: words.columns.when, width: 'rest', min: 24 },
      { title: words.columns.next, width: 10 },
      { title: words.columns.ahead, width: 9, drop: 1 },
      { title: words.columns.last, width: 20, drop: 2 },
      { title: words.columns.keep, width: 10, drop: 3 },
    ],
    model.glyphs.ellipsis,
  );
  return {
    kind: 'list',
    id: 'schedules.list',
    header: columns.header,
    count: schedules.length,
    min: 4,
    keyOf: (index) => schedules[index]?.id ?? '',
    row: (index, width) => {
      const schedule = schedules[index];
      if (schedule === undefined) return [];
      const { id, words: when, nextMs, lastRun, settings } = schedule;
      const last =
        lastRun === undefined
          ? words.never
          : `${lastRun.outcome} ${wordAgo(lastRun.atMs, model.nowMs)}`;
      return columns.row(
        [
          span(id, 'strong'),
          when,
          nextMs === undefined ? span(words.paused, 'warning') : wordNearShort(nextMs, model.nowMs),
          nextMs === undefined ? '' : wordAhead(nextMs, model.nowMs),
          span(last, lastRun?.outcome === 'failed' ? 'error' : 'plain'),
          settings.deleteOlderThan ?? words.keepAll,
        ],
        width,
      );
    },
    empty: words.empty,
    open: (index) => ({ command: 'schedules.edit', args: { schedule: schedules[index]?.id } }),
  };
}

function formSections(model: Model, existing: string | undefined): readonly Section[] {
  const form = readForm(model);
  const field = (
    name: keyof ScheduleForm,
    label: string,
    note: string,
    placeholder = '',
  ): FieldSection => ({
    kind: 'field',
    id: fieldId(name),
    label,
    value: fieldState(model, fieldId(name), form[name]),
    placeholder,
    note: line(note, 'muted'),
  });
  const problem = formProblem(form, words);
  return [
    {
      kind: 'lines',
      lines: [
        line(` ${existing === undefined ? words.create : words.change(existing)}`, 'heading'),
      ],
    },
    ...(existing === undefined
      ? [field('name', words.fields.name, words.notes.name, words.notes.nameExample)]
      : []),
    choice('every', words.fields.every, form.every, words.every),
    ...whenFields(form, field),
    field('zone', words.fields.zone, words.notes.zone),
    choice('store', words.fields.store, form.store, storeOptions(model)),
    field(
      'deleteOlderThan',
      words.fields.deleteOlderThan,
      words.notes.deleteOlderThan,
      words.keepAll,
    ),
    choice('ifMissed', words.fields.ifMissed, form.ifMissed, words.ifMissed),
    {
      kind: 'buttons',
      buttons: [
        { id: 'schedule.cancel', label: words.cancel, action: { command: 'back' } },
        {
          id: 'schedule.save',
          label: words.save,
          action: { command: 'schedule.set', args: setArguments(form) },
          disabled: problem,
        },
      ],
    },
    { kind: 'lines', lines: previewLines(model) },
  ];
}

type FieldMaker = (
  name: keyof ScheduleForm,
  label: string,
  note: string,
  placeholder?: string,
) => FieldSection;

function whenFields(form: ScheduleForm, field: FieldMaker): readonly Section[] {
  const at = field('at', words.fields.at, words.notes.at);
  switch (form.every) {
    case 'day':
      return [at];
    case 'week':
      return [choice('on', words.fields.on, form.on, weekdayOptions), at];
    case 'month':
      return [field('day', words.fields.day, words.notes.day), at];
    case 'cron':
      return [field('cron', words.fields.cron, words.notes.cron)];
    default:
      return form.every satisfies never;
  }
}

interface Option {
  readonly value: string;
  readonly label: string;
}

const weekdayOptions: readonly Option[] = weekdays.map((value) => ({
  value,
  label: value.replace(/^./, (first) => first.toUpperCase()),
}));

function storeOptions(model: Model): readonly Option[] {
  const stores = model.state.snapshot?.stores ?? [];
  return stores.map(({ id, path }) => ({ value: id, label: `${id}  ${path}` }));
}

function choice(
  name: keyof ScheduleForm,
  label: string,
  value: string,
  options: readonly Option[],
): Section {
  return { kind: 'choice', id: fieldId(name), label, value, options };
}

/** What the form means in words, and the next runs, as Kedge itself reckons them. */
function previewLines(model: Model): readonly Line[] {
  const { preview } = model.ui.data;
  const cells = Math.max(20, model.editorColumns - 4);
  if (preview === undefined) return [emptyLine];
  if (preview.kind === 'loading') return [emptyLine, line(`  ${texts.workbench.loading}`, 'muted')];
  if (preview.kind === 'failed') {
    const { message } = wordFailure(preview.failure);
    return [emptyLine, ...bullet('  !', message, cells, 'warning')];
  }
  return [
    emptyLine,
    [span('  '), span(preview.value.words, 'strong')],
    ...preview.value.nextMs
      .slice(0, 5)
      .map(
        (atMs): Line =>
          line(`  ${model.glyphs.arrow} ${wordDay(atMs)} (${wordAhead(atMs, model.nowMs)})`),
      ),
  ];
}

function wordDay(atMs: number): string {
  return new Date(atMs).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}
