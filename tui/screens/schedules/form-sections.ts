import { weekdays } from '../../../protocol/domain/schedule.ts';
import { texts } from '../../texts/texts.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { AsideSection, ChoiceSection, FieldSection, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { fieldState } from '../form-values.ts';
import { bullet } from '../page-lines.ts';
import { countBetween, hoursBetweenFulls, hoursForCount } from './between-fulls.ts';
import { formChange } from './form-change.ts';
import { formFaults } from './form-faults.ts';
import { previewLines } from './preview-lines.ts';
import { type FormField, fieldId, readForm, type ScheduleForm } from './schedule-form.ts';
import type { SchedulePage } from './schedule-page.ts';
import { zonesLike } from './zones.ts';

const words = texts.schedules;
const asideFrom = 96;
const asideCells = 44;

/** The form of a schedule; what it means lies beside it, or where there is no room above its buttons. */
export function formSections(model: Model, page: SchedulePage): readonly Section[] {
  const form = readForm(model);
  const { faults, problem } = formFaults(model, page, form);
  const change = formChange(model, page);
  const wide = model.editorColumns >= asideFrom;
  const show = drawer(model, form, faults, wide);
  const aside: AsideSection = {
    kind: 'aside',
    width: asideCells,
    lines: (width) => previewLines(model, page, width),
  };
  return [
    { kind: 'lines', lines: headLines(page, change, model) },
    ...(page.schedule === undefined ? show.field('name') : []),
    ...fullSections(form, show),
    ...show.field('zone', zoneNote(form)),
    ...differentialSections(form, show),
    ...placeSections(model, form, show),
    ...show.field(
      'deleteOlderThan',
      form.deleteOlderThan.trim() === '' ? '' : words.notes.deleteOlderThan,
    ),
    ...show.field('keep', keepNote(form)),
    ...missedSections(form, show),
    ...advancedSections(form, show),
    wide
      ? aside
      : {
          kind: 'lines',
          lines: [emptyLine, ...indented(previewLines(model, page, model.editorColumns - 3))],
        },
    { kind: 'lines', lines: wide ? [emptyLine] : [] },
    {
      kind: 'buttons',
      buttons: [
        { id: 'schedule.cancel', label: words.cancel, action: { command: 'back' } },
        ...(change === 'differs'
          ? [
              {
                id: 'schedule.compare',
                label: words.compare,
                action: { command: 'schedules.compare' },
              },
            ]
          : []),
        {
          id: 'schedule.save',
          label: words.save,
          action: { command: 'schedules.save' },
          disabled: problem,
        },
      ],
    },
  ];
}

function indented(lines: readonly Line[]): readonly Line[] {
  return lines.map((one): Line => [span('  '), ...one]);
}

function headLines(
  page: SchedulePage,
  change: ReturnType<typeof formChange>,
  model: Model,
): readonly Line[] {
  const title = page.schedule === undefined ? words.create : words.change(page.schedule);
  const notes =
    change === 'none'
      ? []
      : bullet(
          ' !',
          words.changed[change],
          model.editorColumns - 2,
          change === 'elsewhere' ? 'muted' : 'warning',
        );
  return [line(` ${title}`, 'heading'), ...notes];
}

/** Makes the sections of one field: itself, and below it what is wrong with it. */
interface Drawer {
  field(name: FormField, note?: string): readonly Section[];
  small(name: FormField, note?: string): readonly Section[];
  choice(name: FormField, options: readonly Option[], note?: string): readonly Section[];
}

interface Option {
  readonly value: string;
  readonly label: string;
}

const smallCells = 10;
const indent = ' '.repeat(16);

function drawer(
  model: Model,
  form: ScheduleForm,
  faults: Readonly<Partial<Record<FormField, string>>>,
  wide: boolean,
): Drawer {
  const width = model.editorColumns - (wide ? asideCells : 0) - indent.length - 1;
  const faultLines = (name: FormField): readonly Section[] => {
    const fault = faults[name];
    if (fault === undefined) return [];
    const lines = bullet('!', fault, width, 'error').map((one): Line => [span(indent), ...one]);
    return [{ kind: 'lines', lines }];
  };
  const field = (name: FormField, note: string, cells?: number): FieldSection => ({
    kind: 'field',
    id: fieldId(name),
    label: words.fields[name],
    value: fieldState(model, fieldId(name), form[name]),
    placeholder: placeholderOf(name),
    ...(note === '' ? {} : { note: line(note, 'muted') }),
    ...(cells === undefined ? {} : { cells }),
    ...(name === 'zone' ? { submit: { command: 'schedules.zone' } } : {}),
  });
  return {
    field: (name, note = '') => [field(name, note), ...faultLines(name)],
    small: (name, note = '') => [field(name, note, smallCells), ...faultLines(name)],
    choice: (name, options, note = '') => [
      choice(name, form[name], options, note),
      ...faultLines(name),
    ],
  };
}

function placeholderOf(name: FormField): string {
  const examples: Readonly<Partial<Record<FormField, string>>> = words.examples;
  return examples[name] ?? '';
}

function choice(
  name: FormField,
  value: string,
  options: readonly Option[],
  note: string,
): ChoiceSection {
  return {
    kind: 'choice',
    id: fieldId(name),
    label: words.fields[name],
    value,
    options,
    ...(note === '' ? {} : { note: line(note, 'muted') }),
  };
}

function fullSections(form: ScheduleForm, show: Drawer): readonly Section[] {
  const every = show.choice('every', words.every);
  const at = show.small('at');
  switch (form.every) {
    case 'day':
      return [...every, ...at];
    case 'week':
      return [...every, ...show.choice('on', weekdayOptions), ...at];
    case 'month':
      return [...every, ...show.small('day', words.notes.day), ...at];
    case 'cron':
      return [...every, ...show.field('cron', words.notes.cron)];
    default:
      return form.every satisfies never;
  }
}

const weekdayOptions: readonly Option[] = weekdays.map((value) => ({
  value,
  label: value.replace(/^./, (first) => first.toUpperCase()),
}));

function differentialSections(form: ScheduleForm, show: Drawer): readonly Section[] {
  const head = show.choice('differential', words.differential);
  if (form.differential === 'off') return head;
  if (form.differential === 'cron') {
    return [...head, ...show.field('differentialCron', words.notes.cron)];
  }
  const period = hoursBetweenFulls(form.every);
  if (period === undefined) return [...head, ...show.small('hours', monthNote(form))];
  return [
    ...head,
    ...show.small('hours', words.notes.hours),
    ...show.small('between', betweenNote(form, period)),
  ];
}

/** What was typed as a number between two fulls may not fit; the hours are what counts. */
function betweenNote({ between, hours }: ScheduleForm, period: number): string {
  const typed = Number(between);
  if (!Number.isInteger(typed) || typed < 1) return words.notes.between;
  const nearest = hoursForCount(typed, period);
  const count = countBetween(nearest, period);
  if (count === typed || Number(hours) !== nearest) return words.notes.between;
  return words.notes.betweenNearest(typed, count, nearest);
}

function monthNote({ every, hours }: ScheduleForm): string {
  const step = Number(hours);
  if (every !== 'month' || !(step >= 1)) return words.notes.hours;
  return words.notes.betweenMonth(countBetween(step, 28 * 24), countBetween(step, 31 * 24));
}

function placeSections(model: Model, form: ScheduleForm, show: Drawer): readonly Section[] {
  const stores = (model.state.snapshot?.stores ?? []).map(
    ({ id, path }): Option => ({ value: id, label: `${id}  ${path}` }),
  );
  const others = stores.filter(({ value }) => value !== form.store);
  const withNone = (label: string): readonly Option[] => [{ value: '', label }, ...others];
  return [
    ...show.choice('store', stores),
    ...(form.differential === 'off' || others.length === 0
      ? []
      : show.choice('differentialStore', withNone(words.sameStore))),
    ...(others.length === 0 && form.copyTo === ''
      ? []
      : show.choice('copyTo', withNone(words.noCopy))),
    ...show.field('blackout'),
  ];
}

function missedSections(form: ScheduleForm, show: Drawer): readonly Section[] {
  return [
    ...show.choice('ifMissed', words.ifMissed),
    ...(form.ifMissed === 'skipIfOlderThan' ? show.small('missedAge') : []),
  ];
}

function advancedSections(form: ScheduleForm, show: Drawer): readonly Section[] {
  const fold = show.choice('advanced', words.advanced);
  if (form.advanced === 'folded') return fold;
  return [
    ...fold,
    ...show.small('jitterMinutes', words.notes.jitterMinutes),
    ...show.small('deadlineHours', words.notes.deadlineHours),
    ...show.small('retries', words.notes.retries),
  ];
}

function keepNote({ keep, deleteOlderThan }: ScheduleForm): string {
  if (keep.trim() === '') return '';
  return deleteOlderThan.trim() === '' ? words.notes.keepAlone : words.notes.keep;
}

/** What Enter would put into the field of the zone. */
function zoneNote({ zone }: ScheduleForm): string {
  const [first, ...more] = zonesLike(zone);
  if (first === undefined || first === zone.trim()) return '';
  return words.notes.zoneOffer(first, more.length);
}
