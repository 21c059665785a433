import * as z from 'zod';
import type { Schedule, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { retentionPreview } from '../../../protocol/methods/retention.ts';
import { scheduleList, schedulePreview, scheduleSet } from '../../../protocol/methods/schedule.ts';
import { commandLine } from '../../commands/command-line.ts';
import { findCommand } from '../../commands/registry.ts';
import type { DialogButton } from '../../store/overlay-state.ts';
import { withCommandLine } from '../../store/reducer.ts';
import { peopleTexts, texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { fieldText, setFields } from '../form-values.ts';
import { openPage } from '../navigate.ts';
import { whenTyped } from '../when-typed.ts';
import { hoursBetweenFulls, hoursForCount } from './between-fulls.ts';
import { differencesOf, isTyped } from './form-change.ts';
import { formFaults } from './form-faults.ts';
import { readSettings } from './read-settings.ts';
import { type FormField, fieldId, formFields, formOfSchedule, readForm } from './schedule-form.ts';
import { sameSettings, schedulePage, settingsNow } from './schedule-page.ts';
import { setArguments } from './set-arguments.ts';
import { zonesLike } from './zones.ts';

const words = texts.schedules;
const category = texts.workbench.views.schedules;
const typingPauseMs = 200;
const Save = z.object({ over: z.boolean().optional() });

/** Saving the form, and what happens when somebody else was faster. */
export const formCommands: readonly UiCommand[] = [
  {
    id: 'schedules.save',
    title: words.commands.save,
    category,
    internal: true,
    run: async (bench, args) => await save(bench, Save.parse(args).over === true),
  },
  {
    id: 'schedules.leave',
    title: texts.workbench.commands.back,
    category,
    internal: true,
    run(bench) {
      const model = bench.model();
      const page = schedulePage(model);
      if (page === undefined || !isTyped(model, page)) return bench.run({ command: 'back' });
      bench.ask({
        title: words.leave.title,
        body: [words.leave.body],
        tone: 'warning',
        buttons: [
          { label: words.changed.goOn },
          { label: words.leave.leave, action: { command: 'back' } },
        ],
      });
    },
  },
  {
    id: 'schedules.compare',
    title: words.compare,
    category,
    internal: true,
    run: (bench) => {
      const id = schedulePage(bench.model())?.schedule;
      if (id !== undefined) compare(bench, id, settingsNow(bench.model(), id));
    },
  },
  {
    id: 'schedules.take-theirs',
    title: words.changed.takeTheirs,
    category,
    internal: true,
    async run(bench) {
      const id = nameInForm(bench);
      const { schedules, revision } = await bench.session.call(scheduleList, {});
      const schedule = schedules.find((one) => one.id === id);
      if (schedule === undefined) return bench.notify('warning', words.changed.gone);
      openForm(bench, schedule, revision);
      bench.notify('ok', words.changed.taken);
    },
  },
  {
    id: 'schedules.zone',
    title: words.commands.zone,
    category,
    internal: true,
    run(bench) {
      const [offered] = zonesLike(readForm(bench.model()).zone);
      if (offered === undefined) return bench.run({ command: 'region.next' });
      setFields(bench, { [fieldId('zone')]: offered });
      loadPreview(bench);
    },
  },
];

/** `revision`: of the configuration that the schedule was read from; absent: of what is on the screen. */
export function openForm(bench: Bench, schedule?: Schedule, revision?: string): void {
  const values = schedule === undefined ? {} : valuesOf(schedule);
  setFields(bench, Object.fromEntries(formFields.map((field) => [fieldId(field), values[field]])));
  const { snapshot } = bench.model().state;
  const read = revision ?? snapshot?.configRevision ?? '';
  const page =
    schedule === undefined
      ? ({ kind: 'schedule', revision: read } as const)
      : ({
          kind: 'schedule',
          schedule: schedule.id,
          revision: read,
          read: schedule.settings,
        } as const);
  openPage(bench, 'schedules', page, fieldId(schedule === undefined ? 'name' : 'every'));
  loadPreview(bench);
}

function valuesOf(schedule: Schedule): Partial<Record<FormField, string>> {
  // The number between two fulls follows from the hours until it is typed.
  const { between: _follows, ...values } = formOfSchedule(schedule);
  return values;
}

/** Hours and the number between two fulls say the same: whichever was not typed follows. */
export function onFormField(bench: Bench, field: string): void {
  const form = readForm(bench.model());
  const period = hoursBetweenFulls(form.every);
  if (field === fieldId('between') && period !== undefined) {
    const count = Number(form.between);
    if (Number.isInteger(count) && count >= 1) {
      setFields(bench, { [fieldId('hours')]: String(hoursForCount(count, period)) });
    }
  } else if (field === fieldId('hours') || field === fieldId('every')) {
    const typed = fieldText(bench.model(), fieldId('between'));
    if (typed !== '') setFields(bench, { [fieldId('between')]: undefined });
  }
  // A year of clock changes is looked through for a preview.
  const typed = (): string => JSON.stringify(readForm(bench.model()));
  whenTyped(typed, typingPauseMs, () => loadPreview(bench));
}

/** Asks what the form means, when all its fields are right, and what would be deleted with it. */
export function loadPreview(bench: Bench): void {
  const model = bench.model();
  const page = schedulePage(model);
  const form = readForm(model);
  const read = readSettings(form, page?.read);
  if (page === undefined || read.kind === 'faulty') return;
  const { settings } = read;
  bench.load('preview', JSON.stringify(settings), () =>
    bench.session.call(schedulePreview, { settings }),
  );
  const { deleteOlderThan, keep, store } = settings;
  const about = JSON.stringify([form.name, deleteOlderThan, keep, store]);
  if (model.ui.data.retention?.about === about) return;
  bench.load('retention', about, async () => {
    const schedule = page.schedule === undefined ? {} : { schedule: page.schedule };
    return (await bench.session.call(retentionPreview, { ...schedule, settings })).lines;
  });
}

function nameInForm(bench: Bench): string {
  const model = bench.model();
  return schedulePage(model)?.schedule ?? readForm(model).name.trim();
}

/** Only against what was read; where something else changed in the file meanwhile, this goes on top of it. */
async function save(bench: Bench, over: boolean): Promise<void> {
  const model = bench.model();
  const page = schedulePage(model);
  if (page === undefined) return;
  const form = readForm(model);
  const read = readSettings(form, page.read);
  const { problem } = formFaults(model, page, form);
  if (read.kind === 'faulty' || problem !== undefined) {
    return bench.notify('warning', problem ?? words.incomplete);
  }
  const { settings } = read;
  const schedule = nameInForm(bench);
  try {
    await bench.session.call(scheduleSet, { schedule, settings, revision: page.revision });
    saved(bench, schedule, settings, words.saved(schedule));
  } catch (error) {
    const { code, params } = failureOf(error);
    if (!code.startsWith('config-changed')) throw error;
    const { schedules, revision } = await bench.session.call(scheduleList, {});
    const theirs = schedules.find((one) => one.id === schedule)?.settings;
    if (!over && !sameSettings(theirs, page.read)) {
      const who = params['who'];
      return compare(bench, schedule, theirs, who === undefined ? undefined : String(who));
    }
    await bench.session.call(scheduleSet, { schedule, settings, revision });
    saved(bench, schedule, settings, words.savedElsewhere(schedule));
  }
}

function saved(bench: Bench, schedule: string, settings: ScheduleSettings, text: string): void {
  const set = findCommand('schedule.set');
  const args = setArguments(schedule, settings, schedulePage(bench.model())?.read);
  const line = set === undefined ? undefined : commandLine(set, args);
  if (line !== undefined) {
    bench.session.store.update((state) => withCommandLine(state, line, bench.model().nowMs));
  }
  bench.notify('ok', text);
  openPage(bench, 'schedules', undefined);
}

/** What was typed stays; the first answer, which Esc gives too, changes nothing. */
function compare(
  bench: Bench,
  id: string,
  theirs: ScheduleSettings | undefined,
  who?: string,
): void {
  const buttons: readonly DialogButton[] = [
    { label: words.changed.goOn },
    ...(theirs === undefined
      ? []
      : [{ label: words.changed.takeTheirs, action: { command: 'schedules.take-theirs' } }]),
    {
      label: words.changed.saveMine,
      action: { command: 'schedules.save', args: { over: true } },
    },
  ];
  bench.ask({
    title: words.changed.title(id),
    body: [
      ...(who === undefined ? [] : [peopleTexts.savedBy(who)]),
      ...(theirs === undefined ? [words.changed.gone] : differenceLines(bench, id, theirs)),
    ],
    tone: 'warning',
    buttons,
  });
}

function differenceLines(bench: Bench, id: string, theirs: ScheduleSettings): readonly string[] {
  const differences = differencesOf(readForm(bench.model()), id, theirs);
  if (differences.length === 0) return [words.changed.same];
  return [
    words.changed.body,
    '',
    ...differences.map(({ field, mine, theirs: there }) =>
      words.changed.line(words.fields[field], mine, there),
    ),
  ];
}
