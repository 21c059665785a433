import type { Language } from '../language.ts';
import { alarmTexts } from './alarm-texts.ts';
import { aloudTexts } from './aloud-texts.ts';
import { backUpTexts } from './back-up-texts.ts';
import { checkpointTexts } from './checkpoint-texts.ts';
import { categories, commands } from './command-texts.ts';
import { confirmationTexts } from './confirmation-texts.ts';
import { consentTexts } from './consent-texts.ts';
import { diffTexts } from './diff-texts.ts';
import { doctorTexts } from './doctor-texts.ts';
import { drillTexts } from './drill-texts.ts';
import { failures } from './failures.ts';
import { fileFaultTexts } from './file-fault-texts.ts';
import { firstTourTexts } from './first-tour-texts.ts';
import { formTexts } from './form-texts.ts';
import { germanFormats } from './german-formats.ts';
import { helpBodies } from './help-bodies.ts';
import { helpTexts } from './help-texts.ts';
import { historyTexts } from './history-texts.ts';
import { jobsTexts } from './jobs-texts.ts';
import { keyTexts } from './key-texts.ts';
import { keybindingTexts } from './keybinding-texts.ts';
import { listTexts } from './list-texts.ts';
import { momentPageTexts, momentTexts } from './moment-texts.ts';
import { overviewTexts } from './overview-texts.ts';
import { peopleTexts } from './people-texts.ts';
import { planTexts } from './plan-texts.ts';
import { preferenceTexts } from './preference-texts.ts';
import { recoveryTexts } from './recovery-texts.ts';
import { reportTexts } from './report-texts.ts';
import { resetTexts } from './reset-texts.ts';
import { restoreTexts } from './restore-texts.ts';
import { retentionTexts } from './retention-texts.ts';
import { rowsTexts } from './rows-texts.ts';
import { salvageTexts } from './salvage-texts.ts';
import { scheduleReportTexts } from './schedule-report-texts.ts';
import { scheduleWords } from './schedule-words.ts';
import { schedulesTexts } from './schedules-texts.ts';
import { serverTexts } from './server-texts.ts';
import { servicesTexts } from './services-texts.ts';
import { destinationsTexts, settingsTexts } from './settings-texts.ts';
import { calendarTexts, spaceTexts } from './space-texts.ts';
import { stateTexts } from './state-texts.ts';
import { supportTexts } from './support-texts.ts';
import { transferTexts } from './transfer-texts.ts';
import { undoTexts } from './undo-texts.ts';
import { weekTexts } from './week-texts.ts';
import { workbenchTexts } from './workbench-texts.ts';

export const german: Language = {
  words: {
    workbench: workbenchTexts,
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
    keybindings: keybindingTexts,
    fileFaults: fileFaultTexts,
    forms: formTexts,
    calendar: calendarTexts,
    checkpoint: checkpointTexts,
    confirmation: confirmationTexts,
    consent: consentTexts,
    diff: diffTexts,
    doctor: doctorTexts,
    drill: drillTexts,
    firstTour: firstTourTexts,
    help: helpTexts,
    history: historyTexts,
    key: keyTexts,
    moment: momentTexts,
    momentPage: momentPageTexts,
    people: peopleTexts,
    plan: planTexts,
    report: reportTexts,
    reset: resetTexts,
    retention: retentionTexts,
    rows: rowsTexts,
    salvage: salvageTexts,
    scheduleReport: scheduleReportTexts,
    servers: serverTexts,
    space: spaceTexts,
    states: stateTexts,
    support: supportTexts,
    transfer: transferTexts,
    recovery: recoveryTexts,
    undo: undoTexts,
    week: weekTexts,
  },
  commands,
  categories,
  failures,
  helpBodies,
  formats: germanFormats,
  scheduleWords,
};
