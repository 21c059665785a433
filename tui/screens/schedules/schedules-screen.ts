import { z } from 'zod';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import { schedulePreview } from '../../../protocol/methods/schedule.ts';
import type { Action } from '../../store/action.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, Screen, UiCommand } from '../bench.ts';
import { setFields } from '../form-values.ts';
import { openPage, selectedRow } from '../navigate.ts';
import { fieldId, formFields, formOf, readForm, settingsOf } from './schedule-form.ts';
import { scheduleSections } from './schedules-view.ts';

const words = texts.schedules;
const category = texts.workbench.views.schedules;
const ScheduleArgs = z.object({ schedule: z.string() });
const inList = 'region == schedules.list';

export const schedulesScreen: Screen = {
  id: 'schedules',
  title: category,
  sections: scheduleSections,
  onField: (bench) => loadPreview(bench),
  onOutcome(bench, command) {
    if (command === 'schedule.set') openPage(bench, 'schedules', undefined);
  },
  commands: [
    {
      id: 'schedules.create',
      title: words.commands.create,
      category,
      internal: true,
      run: (bench) => openForm(bench),
    },
    {
      id: 'schedules.edit',
      title: words.commands.edit,
      category,
      internal: true,
      run: (bench, args) =>
        openForm(bench, scheduleNamed(bench, ScheduleArgs.parse(args).schedule)),
    },
    onSelected('schedules.pause', words.commands.pause, ({ id, nextMs }) => ({
      command: nextMs === undefined ? 'schedule.resume' : 'schedule.pause',
      args: { schedule: id },
    })),
    onSelected('schedules.run', words.commands.run, ({ id }) => ({
      command: 'schedule.run',
      args: { schedule: id },
    })),
    onSelected('schedules.remove', words.commands.remove, ({ id }) => ({
      command: 'schedule.remove',
      args: { schedule: id },
    })),
  ],
  bindings: [
    { key: 'delete', command: 'schedules.remove', when: inList },
    { key: 'd', command: 'schedules.remove', when: inList, hint: words.hints.remove },
    { key: 'n', command: 'schedules.run', when: inList, hint: words.hints.run },
    { key: 'p', command: 'schedules.pause', when: inList, hint: words.hints.pause },
    { key: 'enter', command: 'open', when: inList, hint: words.hints.edit },
    { key: 'c', command: 'schedules.create', when: 'page == none', hint: words.hints.create },
    { key: 'esc', command: 'back', when: 'page == schedule', hint: words.hints.back },
    {
      key: 'right',
      command: 'choice.next',
      when: 'regionKind == choice',
      hint: words.hints.choose,
    },
    { key: 'tab', command: 'region.next', when: 'page == schedule', hint: words.hints.next },
  ],
};

function scheduleNamed(bench: Bench, id: string): Schedule | undefined {
  return bench.model().state.snapshot?.schedules.find((schedule) => schedule.id === id);
}

function openForm(bench: Bench, schedule?: Schedule): void {
  const values = schedule === undefined ? {} : formOf(schedule);
  setFields(bench, Object.fromEntries(formFields.map((field) => [fieldId(field), values[field]])));
  const page =
    schedule === undefined
      ? ({ kind: 'schedule' } as const)
      : ({ kind: 'schedule', schedule: schedule.id } as const);
  openPage(bench, 'schedules', page, fieldId(schedule === undefined ? 'name' : 'every'));
  loadPreview(bench);
}

function loadPreview(bench: Bench): void {
  const settings = settingsOf(readForm(bench.model()));
  if (settings === undefined) return;
  bench.load('preview', JSON.stringify(settings), () =>
    bench.session.call(schedulePreview, { settings }),
  );
}

function onSelected(id: string, title: string, action: (schedule: Schedule) => Action): UiCommand {
  return {
    id,
    title,
    category,
    disabledReason: ({ state }) =>
      state.snapshot === undefined || state.snapshot.schedules.length === 0
        ? words.noneShort
        : undefined,
    run(bench) {
      const schedules = bench.model().state.snapshot?.schedules ?? [];
      const schedule = selectedRow(bench, 'schedules.list', schedules);
      if (schedule !== undefined) bench.run(action(schedule));
    },
  };
}
