import type { Words } from '../language.ts';

const forms = '"2026-11-20 14:00", "2026-11-20T14:00+01:00", "gestern 14:00" oder "14:00"';

export const momentTexts: Words['moment'] = {
  what: 'Zeitpunkt',
  notUnderstood: 'ist kein verständlicher Zeitpunkt',
  ahead: 'liegt in der Zukunft',
  understood: (typed, at) => `"${typed}" ist ${at}`,
  examples: `zu schreiben als ${forms}`,
  eitherOr: 'entweder eine Sicherung nennen oder mit --at einen Zeitpunkt',
};

export const momentPageTexts: Words['momentPage'] = {
  moment: 'Zeitpunkt',
  placeholder: 'gestern 14:00, oder unten einen Tag wählen',
  note: 'Geplant wird die neueste gute Sicherung davor, und der Abstand wird gezeigt.',
  days: 'Tage mit Sicherungen',
  noDays: 'Noch keine Sicherungen.',
  noTimes: 'Von diesem Tag ist nichts mehr da.',
  older: 'Es gibt ältere: einen Zeitpunkt eingeben.',
  times: (day) => `Sicherungen von ${day}`,
  means: (at, ago) => `Das ist ${at}, ${ago}.`,
  ahead: 'Das liegt in der Zukunft.',
  forms: `Zu schreiben als ${forms}.`,
  typeMoment: 'Einen Zeitpunkt wie "gestern 14:00" eingeben oder einen Tag aus der Liste wählen.',
  isGood: 'gut',
  good: (good, total) => (good === total ? `${good} gut` : `${good} gut von ${total}`),
  columns: {
    day: 'TAG',
    good: 'ANZAHL',
    between: 'ZWISCHEN',
    time: 'ZEIT',
    kind: 'ART',
    check: 'PRÜFUNG',
    name: 'NAME',
  },
  commands: {
    days: 'Einen Zeitpunkt wiederherstellen: Tag und Zeit wählen',
    times: 'Sicherungen eines Tages zeigen',
    planAt: 'Wiederherstellung eines Zeitpunkts planen',
  },
};
