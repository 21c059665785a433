import { checkpointTexts } from './checkpoint-texts.ts';
import { confirmationTexts } from './confirmation-texts.ts';
import { consentTexts } from './consent-texts.ts';
import { diffTexts } from './diff-texts.ts';
import { doctorTexts } from './doctor-texts.ts';
import { drillTexts } from './drill-texts.ts';
import { firstTourTexts } from './first-tour-texts.ts';
import { helpTexts } from './help-texts.ts';
import { historyTexts } from './history-texts.ts';
import { keyTexts } from './key-texts.ts';
import { momentPageTexts, momentTexts } from './moment-texts.ts';
import { peopleTexts } from './people-texts.ts';
import { planTexts } from './plan-texts.ts';
import { recoveryTexts } from './recovery-texts.ts';
import { reportTexts } from './report-texts.ts';
import { resetTexts } from './reset-texts.ts';
import { retentionTexts } from './retention-texts.ts';
import { rowsTexts } from './rows-texts.ts';
import { salvageTexts } from './salvage-texts.ts';
import { scheduleReportTexts } from './schedule-report-texts.ts';
import { screenTexts } from './screen-texts.ts';
import { serverTexts } from './server-texts.ts';
import { calendarTexts, spaceTexts } from './space-texts.ts';
import { stateTexts } from './state-texts.ts';
import { supportTexts } from './support-texts.ts';
import { transferTexts } from './transfer-texts.ts';
import { undoTexts } from './undo-texts.ts';
import { weekTexts } from './week-texts.ts';
import { workbenchTexts } from './workbench-texts.ts';

/** All words of the screens, in the language that the others follow. */
export const english = {
  workbench: workbenchTexts,
  ...screenTexts,
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
};
