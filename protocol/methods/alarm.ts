import * as z from 'zod';
import { Alarm, AlarmRoute, Delivery } from '../domain/alarm.ts';
import { mutating, reading } from '../method.ts';
import { requestId } from './backup.ts';

/** Open ones first, then acknowledged, then cured; newest first within each; cured ones of 30 days. */
export const alarmList = reading(
  'alarm.list',
  'viewer',
  z.object({ cured: z.boolean().optional() }),
  z.object({
    alarms: z.array(Alarm).readonly(),
    routes: z.array(AlarmRoute).readonly(),
  }),
);
/** Seen: it is told no more until it is cured and comes again. */
export const alarmAcknowledge = mutating(
  'alarm.acknowledge',
  'operator',
  z.object({ requestId, alarm: z.number() }),
  z.object({ alarm: Alarm }),
);
/** Tells a test alarm by one route, or by all, and waits for the answer. */
export const alarmTest = mutating(
  'alarm.test',
  'admin',
  z.object({ requestId, route: z.string().optional() }),
  z.object({ deliveries: z.array(Delivery).readonly() }),
);
