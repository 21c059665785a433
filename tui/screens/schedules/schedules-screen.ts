import * as z from 'zod';
import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { scheduleShow } from '../../../protocol/methods/schedule.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, Screen } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { calendarBindings, calendarCommands, loadCalendar } from './calendar-commands.ts';
import { formCommands, loadPreview, onFormField, openForm } from './form-commands.ts';
import { scheduleSections } from './schedules-view.ts';
import { selectionCommands } from './selection-commands.ts';

const words = texts.schedules;
const category = texts.workbench.views.schedules;
const ScheduleArgs = z.object({ schedule: z.string() });
const runsShown = 200;

export const schedulesScreen: Screen = {
  id: 'schedules',
  title: category,
  sections: scheduleSections,
  onShow(bench) {
    loadPreview(bench);
    loadCalendar(bench);
    loadRuns(bench);
  },
  onSnapshot(bench, before) {
    if (!hasNewRuns(before, bench.model().state.snapshot)) return;
    loadCalendar(bench);
    loadRuns(bench);
  },
  onField: onFormField,
  onOutcome(bench, command) {
    if (!command.startsWith('schedule.')) return;
    const page = bench.model().ui.pages.schedules;
    if (command === 'schedule.set' && page?.kind === 'schedule') {
      openPage(bench, 'schedules', undefined);
    }
    if (command === 'schedule.remove' && page?.kind === 'schedule-runs') {
      openPage(bench, 'schedules', undefined);
    }
    loadRuns(bench);
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
    {
      id: 'schedules.show',
      title: words.commands.show,
      category,
      internal: true,
      run(bench, args) {
        const { schedule } = ScheduleArgs.parse(args);
        openPage(bench, 'schedules', { kind: 'schedule-runs', schedule }, 'schedules.runs');
      },
    },
    ...selectionCommands,
    ...formCommands,
    ...calendarCommands,
  ],
  bindings: [
    ...onSchedule('page == none'),
    ...onSchedule('page == schedule-runs'),
    { key: 'enter', command: 'open', when: 'region == schedules.list', hint: words.hints.show },
    { key: 'enter', command: 'open', when: 'region == schedules.runs', hint: words.hints.job },
    { key: 'M', command: 'schedules.calendar', when: 'page == none', hint: words.hints.calendar },
    { key: 'M', command: 'schedules.calendar', when: 'page == schedule-runs' },
    { key: 'c', command: 'schedules.create', when: 'page == none', hint: words.hints.create },
    { key: 'esc', command: 'back', when: 'page != none', hint: words.hints.back },
    { key: 'esc', command: 'schedules.leave', when: 'page == schedule', hint: words.hints.back },
    {
      key: 'right',
      command: 'choice.next',
      when: 'regionKind == choice',
      hint: words.hints.choose,
    },
    { key: 'tab', command: 'region.next', when: 'page == schedule', hint: words.hints.next },
    ...calendarBindings,
  ],
};

/** Keys on the selected schedule, or on the one whose page is open. */
function onSchedule(when: string): readonly Keybinding[] {
  return [
    { key: 'delete', command: 'schedules.remove', when },
    { key: 'd', command: 'schedules.remove', when, hint: words.hints.remove },
    { key: 's', command: 'schedules.skip', when, hint: words.hints.skip },
    { key: 'p', command: 'schedules.pause', when, hint: words.hints.pause },
    { key: 'n', command: 'schedules.run', when, hint: words.hints.run },
    { key: 'e', command: 'schedules.change', when, hint: words.hints.edit },
  ];
}

/** Progress alone changes nothing of what was, and of what is to come. */
function hasNewRuns(before: Snapshot, now: Snapshot | undefined): boolean {
  const atWork = (jobs: readonly Job[]): string =>
    jobs
      .filter((job) => !isFinished(job))
      .map(({ id, state }) => `${id} ${state.kind}`)
      .join();
  if (now === undefined) return false;
  return before.schedules !== now.schedules || atWork(before.jobs) !== atWork(now.jobs);
}

function scheduleNamed(bench: Bench, id: string): Schedule | undefined {
  return bench.model().state.snapshot?.schedules.find((schedule) => schedule.id === id);
}

/** Its last runs, newest first. */
function loadRuns(bench: Bench): void {
  const page = bench.model().ui.pages.schedules;
  if (page?.kind !== 'schedule-runs') return;
  const { schedule } = page;
  bench.load('runs', schedule, async () => {
    const { runs } = await bench.session.call(scheduleShow, { schedule, runs: runsShown });
    return runs;
  });
}
