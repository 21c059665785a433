import { alarmTexts } from './alarm-texts.ts';
import { backUpTexts } from './back-up-texts.ts';
import { jobsTexts } from './jobs-texts.ts';
import { overviewTexts } from './overview-texts.ts';
import { restoreTexts } from './restore-texts.ts';
import { schedulesTexts } from './schedules-texts.ts';
import { servicesTexts } from './services-texts.ts';
import { destinationsTexts, settingsTexts } from './settings-texts.ts';

export const screenTexts = {
  alarms: alarmTexts,
  overview: overviewTexts,
  backUp: backUpTexts,
  restore: restoreTexts,
  schedules: schedulesTexts,
  services: servicesTexts,
  jobs: jobsTexts,
  destinations: destinationsTexts,
  settings: settingsTexts,
};
