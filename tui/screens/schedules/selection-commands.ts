import type { Schedule } from '../../../protocol/domain/schedule.ts';
import type { Action } from '../../store/action.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { chosenIn, orderForAll } from '../chosen-rows.ts';
import { scheduleList } from './schedule-list.ts';

const words = texts.schedules;
const category = texts.workbench.views.schedules;

/** What is done with the selected schedule, or with the one whose page is open. */
export const selectionCommands: readonly UiCommand[] = [
  onSelected('schedules.change', words.commands.edit, ({ id }) => ({
    command: 'schedules.edit',
    args: { schedule: id },
  })),
  onSelected('schedules.pause', words.commands.pause, ({ id, settings }) => ({
    command: settings.paused === true ? 'schedule.resume' : 'schedule.pause',
    args: { schedule: id },
  })),
  onSelected('schedules.skip', words.commands.skip, ({ id, skipsNext }) => ({
    command: skipsNext === true ? 'schedule.unskip' : 'schedule.skip',
    args: { schedule: id },
  })),
  {
    ...onSelected('schedules.run', words.commands.run, () => ({ command: 'back' })),
    run(bench) {
      const [selected] = currentSchedules(bench);
      if (selected !== undefined) runNow(bench, selected);
    },
  },
  onSelected('schedules.remove', words.commands.remove, ({ id }) => ({
    command: 'schedule.remove',
    args: { schedule: id },
  })),
];

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
      const schedules = currentSchedules(bench);
      orderForAll(bench, schedules, { title, action, nameOf: (schedule) => schedule.id });
    },
  };
}

function currentSchedules(bench: Bench): readonly Schedule[] {
  const model = bench.model();
  const page = model.ui.pages.schedules;
  if (page?.kind !== 'schedule-runs') return chosenIn(model, scheduleList(model));
  const schedules = model.state.snapshot?.schedules ?? [];
  return schedules.filter(({ id }) => id === page.schedule);
}

/** Where it takes both kinds, which one is asked. */
function runNow(bench: Bench, { id, settings }: Schedule): void {
  const full = { command: 'schedule.run', args: { schedule: id } };
  if (settings.differential === undefined) {
    bench.run(full);
    return;
  }
  const differential = { ...full, args: { schedule: id, kind: 'differential' } };
  bench.ask({
    title: words.run.title(id),
    body: [words.run.body],
    tone: 'plain',
    buttons: [
      { label: texts.workbench.quit.cancel },
      { label: words.run.differential, action: differential },
      { label: words.run.full, action: full },
    ],
  });
}
