import { weekdays } from '../../../protocol/domain/schedule.ts';
import { formats } from '../../texts/formats.ts';
import { texts } from '../../texts/texts.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { AsideSection, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { bullet } from '../page-lines.ts';
import { differentialSections } from './differential-sections.ts';
import { formChange } from './form-change.ts';
import { formFaults } from './form-faults.ts';
import { type FieldDrawer, fieldDrawer, type Option } from './form-fields.ts';
import { previewLines } from './preview-lines.ts';
import type { Faults } from './read-settings.ts';
import { readForm, type ScheduleForm } from './schedule-form.ts';
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
  const show = fieldDrawer(model, form, faults, model.editorColumns - (wide ? asideCells : 0));
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
    ...advancedSections(form, show, faults),
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

function fullSections(form: ScheduleForm, show: FieldDrawer): readonly Section[] {
  const every = show.choice('every', words.every);
  const at = show.small('at');
  switch (form.every) {
    case 'day':
      return [...every, ...at];
    case 'week':
      return [...every, ...show.choice('on', weekdayOptions()), ...at];
    case 'month':
      return [...every, ...show.small('day', words.notes.day), ...at];
    case 'cron':
      return [...every, ...show.field('cron', words.notes.cron)];
    default:
      return form.every satisfies never;
  }
}

/** 4 January 1970 was a Sunday. */
const aSundayMs = 3 * 86_400_000;

function weekdayOptions(): readonly Option[] {
  const { format } = new Intl.DateTimeFormat(formats().locale, {
    weekday: 'long',
    timeZone: 'UTC',
  });
  return weekdays.map((value, place) => ({ value, label: format(aSundayMs + place * 86_400_000) }));
}

function placeSections(model: Model, form: ScheduleForm, show: FieldDrawer): readonly Section[] {
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

function missedSections(form: ScheduleForm, show: FieldDrawer): readonly Section[] {
  return [
    ...show.choice('ifMissed', words.ifMissed),
    ...(form.ifMissed === 'skipIfOlderThan' ? show.small('missedAge') : []),
  ];
}

/** What is folded away shows itself where it stands against saving. */
function advancedSections(
  form: ScheduleForm,
  show: FieldDrawer,
  faults: Faults,
): readonly Section[] {
  const fold = show.choice('advanced', words.advanced);
  const faulty = advancedFields.some((field) => faults[field] !== undefined);
  if (form.advanced === 'folded' && !faulty) return fold;
  return [...fold, ...advancedFields.flatMap((field) => show.small(field, words.notes[field]))];
}

const advancedFields = ['jitterMinutes', 'deadlineHours', 'retries'] as const;

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
