import type { Words } from '../language.ts';
import { counted } from './counted.ts';

export const jobsTexts: Words['jobs'] = {
  job: 'Job',
  queued: 'wartet auf den Job davor',
  cancelled: 'abgebrochen, nichts Halbes blieb zurück',
  gaveWay: (to) => `ließ ${to} vor; kommt wieder an die Reihe`,
  withGaps: 'mit Lücken',
  planReady: 'bereit zum Lesen',
  compared: 'so wie geschrieben; kein Schlüssel hier öffnet sie',
  noArchives: 'keine Archive dort',
  verified: (members) => `${counted(members, 'Datei', 'Dateien')} gelesen`,
  differ: (names) =>
    names === 0
      ? 'sie enthalten dasselbe'
      : `${names} ${names === 1 ? 'Name unterscheidet' : 'Namen unterscheiden'} sich`,
  besideLive: 'neben dem Betrieb',
  restored: (downtime) => `Ausfall ${downtime}`,
  resetSteps: (count) => counted(count, 'Schritt erledigt', 'Schritte erledigt'),
  runsSince: (time) => `läuft seit ${time}`,
  notCancellable:
    'Daten oder Dienste sind gerade in Arbeit: in diesem Schritt ist kein Abbruch möglich.',
  notStarted: 'noch nicht gestartet',
  neverStarted: 'nie',
  gone: (id) => `Job ${id} steht nicht mehr in der Liste. Esc geht zurück.`,
  log: 'Protokoll',
  diff: 'Was sich unterscheidet',
  logSaysMore: 'Sein Protokoll sagt, was er zuletzt tat.',
  noLog: 'Nichts geschrieben.',
  logOf: (job, title) => `Protokoll von Job ${job}, ${title}`,
  throughput: 'Bytes in der Sekunde',
  logColumns: { time: 'ZEIT', text: 'TEXT' },
  levels: { warning: 'Warnung', error: 'Fehler' },
  queuedAt: (place) => (place === 1 ? 'wartet, als nächster dran' : `wartet, als ${place}. dran`),
  origin: 'Verlangt von',
  command: 'Als Befehl',
  back: 'Zurück',
  cancel: 'Diesen Job abbrechen',
  retry: 'Noch einmal versuchen',
  copy: 'Als Befehl kopieren',
  countRows: 'Zeilen der Datenbanken zählen',
  over: 'Dieser Job ist schon zu Ende.',
  cancelTooLate: (count) =>
    count === 1
      ? 'Nichts abzubrechen: Dieser Job ist zu Ende.'
      : 'Nichts abzubrechen: Diese Jobs sind zu Ende.',
  notFailed: 'Nur ein fehlgeschlagener oder abgebrochener Job lässt sich wiederholen.',
  noneShort: 'es gibt keine Jobs',
  columns: {
    job: 'JOB',
    state: 'STAND',
    started: 'BEGINN',
    took: 'DAUER',
    outcome: 'ERGEBNIS',
    origin: 'VON WEM',
  },
  commands: {
    show: 'Einen Job zeigen',
    cancel: 'Ausgewählten Job abbrechen',
    retry: 'Ausgewählten Job noch einmal versuchen',
    copy: 'Ausgewählten Job als Befehl kopieren',
  },
  hints: {
    back: 'zurück',
    copy: 'Befehl kopieren',
    retry: 'wiederholen',
    cancel: 'Job abbrechen',
    show: 'Einzelheiten',
  },
};
