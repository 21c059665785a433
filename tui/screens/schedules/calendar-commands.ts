import * as z from 'zod';
import { calendarRead } from '../../../protocol/methods/calendar.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';
import {
  type Day,
  dayOf,
  monthOf,
  moveDays,
  moveMonths,
  spanOf,
  weeksOf,
} from './calendar-days.ts';

const words = texts.schedules;
const category = texts.workbench.views.schedules;
const Select = z.object({ day: z.string() });
const Move = z.object({ days: z.int().optional(), months: z.int().optional() });
const inMonth = 'region == calendar.month';
const onPage = 'page == calendar';

/** The month of runs: opening it, moving in it. */
export const calendarCommands: readonly UiCommand[] = [
  {
    id: 'schedules.calendar',
    title: words.commands.calendar,
    category,
    run: (bench) => openDay(bench, selectedDay(bench) ?? dayOf(bench.model().nowMs)),
  },
  {
    id: 'calendar.today',
    title: words.hints.today,
    category,
    internal: true,
    run: (bench) => openDay(bench, dayOf(bench.model().nowMs)),
  },
  {
    id: 'calendar.select',
    title: words.commands.moveDay,
    category,
    internal: true,
    run: (bench, args) => openDay(bench, Select.parse(args).day),
  },
  {
    id: 'calendar.move',
    title: words.commands.moveDay,
    category,
    internal: true,
    run(bench, args) {
      const { days = 0, months = 0 } = Move.parse(args);
      const day = selectedDay(bench);
      if (day !== undefined) openDay(bench, moveMonths(moveDays(day, days), months));
    },
  },
];

function move(key: string, args: z.infer<typeof Move>, hint?: string): Keybinding {
  return {
    key,
    command: 'calendar.move',
    args,
    when: inMonth,
    ...(hint === undefined ? {} : { hint }),
  };
}

export const calendarBindings: readonly Keybinding[] = [
  { key: 't', command: 'calendar.today', when: onPage, hint: words.hints.today },
  move('left', { days: -1 }),
  move('h', { days: -1 }),
  move('right', { days: 1 }, words.hints.day),
  move('l', { days: 1 }),
  move('up', { days: -7 }),
  move('k', { days: -7 }),
  move('down', { days: 7 }),
  move('j', { days: 7 }),
  move('pageup', { months: -1 }),
  move('<', { months: -1 }),
  move('pagedown', { months: 1 }, words.hints.month),
  move('>', { months: 1 }),
  { key: 'enter', command: 'open', when: inMonth, hint: words.hints.entries },
  { key: 'enter', command: 'open', when: 'region == calendar.day', hint: words.hints.job },
  {
    key: 'esc',
    command: 'focus.region',
    args: { region: 'calendar.month' },
    when: 'region == calendar.day',
    hint: words.hints.back,
  },
  { key: 'esc', command: 'back', when: inMonth, hint: words.hints.back },
];

function selectedDay(bench: Bench): Day | undefined {
  const page = bench.model().ui.pages.schedules;
  return page?.kind === 'calendar' ? page.day : undefined;
}

function openDay(bench: Bench, day: Day): void {
  openPage(bench, 'schedules', { kind: 'calendar', day }, 'calendar.month');
}

/** A month is read when it comes into view, and again whenever it is looked at anew. */
export function loadCalendar(bench: Bench): void {
  const day = selectedDay(bench);
  if (day === undefined) return;
  const span = spanOf(weeksOf(day));
  bench.load('calendar', monthOf(day), async () => {
    const { entries } = await bench.session.call(calendarRead, span);
    return entries;
  });
}
