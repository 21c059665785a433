import type { Words } from '../language.ts';

export const historyTexts: Words['history'] = {
  columns: { service: 'DIENST', days: '7 TAGE', now: 'JETZT', since: 'SEIT' },
  changeColumns: { when: 'WANN', state: 'ZUSTAND', why: 'GRUND' },
  noChanges: 'Keine Änderung ist bekannt.',
  legend: (span, [well, between, stopped, ill, failed], none) =>
    `Jedes Zeichen ist das Schlechteste in ${span}: ${well} gesund, ${between} startet oder stoppt, ` +
    `${stopped} gestoppt, ${ill} gestört, ${failed} ausgefallen oder instabil, ${none} unbekannt.`,
  days: '7 Tage',
  lastChange: (state, when, why) => `${state} seit ${when}: ${why}`,
};
