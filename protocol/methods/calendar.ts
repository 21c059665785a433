import * as z from 'zod';
import { CalendarEntry } from '../domain/calendar.ts';
import { reading } from '../method.ts';

/** All of [fromMs, untilMs), oldest first; at most 62 days and 5,000 entries. */
export const calendarRead = reading(
  'calendar.read',
  'viewer',
  z.object({ fromMs: z.number(), untilMs: z.number() }),
  z.object({ entries: z.array(CalendarEntry).readonly() }),
);
