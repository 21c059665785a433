import { type AlarmDesk, openAlarmDesk } from '../alarms/alarm-desk.ts';
import { defaultPace, type Pace } from '../alarms/pace.ts';
import type { Daemon } from './daemon.ts';

type Around = Pick<Daemon, 'state' | 'configFile' | 'broadcast' | 'overview' | 'log' | 'now'>;

/** The desk of alarms among the rest; who has a screen open is told of every change. */
export function openAlarms(around: Around, pace: Pace = defaultPace): AlarmDesk {
  const { state, configFile, broadcast, overview, log, now } = around;
  const desk = openAlarmDesk({
    state,
    config: () => configFile.inForce(),
    pace,
    now,
    log: log.write,
    onChange() {
      broadcast.publish({ topic: 'alarms', alarms: desk.current() });
      overview.touch();
    },
    lookAgain: overview.touch,
  });
  return desk;
}
