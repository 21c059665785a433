import { calendarRead } from '../../../protocol/methods/calendar.ts';
import { readCalendar } from '../calendar/read-calendar.ts';
import { handle } from './handler.ts';

export const calendarHandlers = [
  handle(calendarRead, async (daemon, { fromMs, untilMs }, signal) => ({
    entries: await readCalendar(daemon, fromMs, untilMs, signal),
  })),
];
