import { english } from './english/english.ts';
import type { Translated } from './language.ts';
import { liveWords } from './live-words.ts';

type Words = Translated<typeof english>;
let spoken: Words = english;

/** All words of the screens, in the language that is spoken now. */
export const texts: Words = liveWords<Words>(english, () => spoken);

/** Only for the one that changes the language. */
export function setWords(next: Words): void {
  spoken = next;
}

export const alarmTexts = texts.alarms;
export const servicesTexts = texts.services;
export const calendarTexts = texts.calendar;
export const checkpointTexts = texts.checkpoint;
export const confirmationTexts = texts.confirmation;
export const consentTexts = texts.consent;
export const diffTexts = texts.diff;
export const doctorTexts = texts.doctor;
export const drillTexts = texts.drill;
export const historyTexts = texts.history;
export const keyTexts = texts.key;
export const momentTexts = texts.moment;
export const momentPageTexts = texts.momentPage;
export const peopleTexts = texts.people;
export const planTexts = texts.plan;
export const recoveryTexts = texts.recovery;
export const reportTexts = texts.report;
export const resetTexts = texts.reset;
export const retentionTexts = texts.retention;
export const rowsTexts = texts.rows;
export const salvageTexts = texts.salvage;
export const scheduleReportTexts = texts.scheduleReport;
export const serverTexts = texts.servers;
export const spaceTexts = texts.space;
export const supportTexts = texts.support;
export const transferTexts = texts.transfer;
export const undoTexts = texts.undo;
export const weekTexts = texts.week;
