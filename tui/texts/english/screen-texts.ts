import { alarmTexts } from './alarm-texts.ts';
import { aloudTexts } from './aloud-texts.ts';
import { backUpTexts } from './back-up-texts.ts';
import { fileFaultTexts } from './file-fault-texts.ts';
import { formTexts } from './form-texts.ts';
import { jobsTexts } from './jobs-texts.ts';
import { keybindingTexts } from './keybinding-texts.ts';
import { listTexts } from './list-texts.ts';
import { overviewTexts } from './overview-texts.ts';
import { preferenceTexts } from './preference-texts.ts';
import { restoreTexts } from './restore-texts.ts';
import { schedulesTexts } from './schedules-texts.ts';
import { servicesTexts } from './services-texts.ts';
import { destinationsTexts, settingsTexts } from './settings-texts.ts';

export const screenTexts = {
  alarms: alarmTexts,
  lists: listTexts,
  overview: overviewTexts,
  backUp: backUpTexts,
  restore: restoreTexts,
  schedules: schedulesTexts,
  services: servicesTexts,
  jobs: jobsTexts,
  destinations: destinationsTexts,
  settings: settingsTexts,
  aloud: aloudTexts,
  preferences: preferenceTexts,
  fileFaults: fileFaultTexts,
  forms: formTexts,
  keybindings: keybindingTexts,
};
