import { alarmAcknowledge, alarmList, alarmTest } from '../../../protocol/methods/alarm.ts';
import { handle } from './handler.ts';

export const alarmHandlers = [
  handle(alarmList, async ({ alarms }, { cured = false }) => ({
    alarms: [...alarms.current(), ...(cured ? alarms.cured() : [])],
    routes: alarms.routes(),
  })),
  handle(alarmAcknowledge, async ({ alarms }, { alarm }) => ({
    alarm: alarms.acknowledge(alarm),
  })),
  handle(alarmTest, async ({ alarms }, { route }, signal) => ({
    deliveries: await alarms.test(route, signal),
  })),
];
