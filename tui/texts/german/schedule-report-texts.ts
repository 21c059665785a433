import type { Words } from '../language.ts';
import { counted } from './counted.ts';

export const scheduleReportTexts: Words['scheduleReport'] = {
  noRuns: 'noch keine',
  paused: 'angehalten',
  leftOut: (moment) => `${moment} (ausgelassen)`,
  runColumns: ['UM', 'ART', 'ERGEBNIS', 'JOB', 'ANMERKUNG'],
  retry: (outcome, when) => `${outcome}, neuer Versuch ${when}`,
  tries: (outcome, tries) => `${outcome} nach ${tries} Versuchen`,
  coming: 'Nächste Läufe',
  past: 'Letzte Läufe',
  fields: {
    when: 'Wann',
    between: 'Zwischen zwei Vollsicherungen',
    store: 'Ziel',
    differentialStore: 'Differenzielle nach',
    copyTo: 'Kopiert nach',
    zone: 'Zeitzone',
    blackout: 'Nicht von-bis',
    deleteOlderThan: 'Löscht älter als',
    keep: 'Behält mindestens',
    ifMissed: 'Wenn verpasst',
    jitter: 'Verteilt auf',
    deadline: 'Längster Lauf',
    retries: 'Versuche nach einem Fehler',
    next: 'Nächster Lauf',
    last: 'Letzter Lauf',
    good: 'Letzter vollständiger Lauf',
  },
  differentials: (count) => counted(count, 'Differenzsicherung', 'Differenzsicherungen'),
  never: 'nie',
  missed: {
    run: 'einmal laufen',
    skip: 'auslassen',
    older: (age) => `einmal laufen, auslassen wenn älter als ${age}`,
  },
  minutes: (count) => counted(count, 'Minute', 'Minuten'),
  hours: (count) => counted(count, 'Stunde', 'Stunden'),
  skipped: (id, kind, when) =>
    `Der nächste Lauf von "${id}" (${kind}) am ${when} wird ausgelassen.`,
  unskipped: (id, kind, when) =>
    `Der nächste Lauf von "${id}" (${kind}) am ${when} wird nicht ausgelassen.`,
};
