import type { Words } from '../language.ts';

export const resetTexts: Words['reset'] = {
  all: 'Alle Dienste zurücksetzen',
  some: (names) => `${names} zurücksetzen`,
  sick: 'Zurücksetzen, was gestört ist und was der letzte Reset liegen ließ',
  explain:
    'Stoppt gegen die Reihenfolge der Abhängigkeiten, startet mit ihr, und geht nur weiter, wenn jeder gesund ist.',
  nothingYet: 'Noch wurde nichts gestoppt.',
  empty: 'Es gibt nichts zu stoppen oder zu starten.',
  running: (passed, of) =>
    of === undefined ? `Läuft seit ${passed}.` : `Läuft seit ${passed}, insgesamt etwa ${of}.`,
  doneAbove: (count) => `      ${count} erledigt, weiter oben`,
  back: 'Zurück',
  cancel: 'Abbrechen',
  stop: 'Reset anhalten',
  runAll: 'Alle zurücksetzen',
  runSome: 'Zurücksetzen',
  runRetry: (title) => `Zurücksetzen, dann "${title}" wiederholen`,
  again: 'Noch einmal zurücksetzen',
  retryFrom: (service) => `Ab ${service} wiederholen`,
  retryJob: (title) => `"${title}" wiederholen`,
  log: 'Protokoll öffnen',
  jobLog: 'Sein Protokoll öffnen',
  marks: {
    waiting: 'offen',
    running: 'jetzt',
    done: 'fertig',
    skipped: 'ausgel.',
    failed: 'FEHLER',
  },
  refuses: (message) => `NICHT MÖGLICH: ${message}`,
  warns: (message) => `WARNUNG: ${message}`,
  cutOff: (service, client) => `Verliert seine Verbindung zu ${service}: ${client}`,
  client: (client) => `Noch verbunden: ${client}`,
  moreClients: (count) => `... und ${count} weitere`,
  triggers: (units) => `Mit ihnen gestoppt und gestartet: ${units}`,
  takes: (time) => `Dauert etwa ${time}.`,
  kedgeLast: 'Kedge startet sich am Ende selbst neu; diese Seite bleibt und läuft weiter.',
  failedBefore: (title, job) =>
    `Schlug vorher fehl, lässt sich wiederholen: ${title} (Job ${job}).`,
  waitsFor: (service, time, pid) =>
    `${service} wurde vor ${time} gebeten anzuhalten und läuft noch${pid === undefined ? '' : ` (Prozess ${pid})`}. Was nun?`,
  without: (time) =>
    `Ohne Antwort wird in ${time} aufgegeben, und was gestoppt war, startet wieder.`,
  answers: {
    wait: (time) => `Noch ${time} warten`,
    disconnect: 'Seine Clients trennen',
    kill: 'Ende erzwingen...',
    abort: 'Aufgeben, wieder starten',
  },
  meets: (job, title, step) =>
    `Job ${job} (${title}) läuft, bei "${step}". Ein Reset stellt sich nicht von selbst dahinter an.`,
  meetsHow: 'Abgebrochen ändert er nichts. Wird er abgewartet, folgt der Reset als Nächster.',
  meetsLeave: 'Lassen',
  meetsWait: 'Abwarten, dann zurücksetzen',
  meetsCancel: 'Job abbrechen und zurücksetzen',
  one: {
    meets: (job, title, step) =>
      `Job ${job} (${title}) läuft, bei "${step}". Dienste bleiben so lange unberührt.`,
    how: 'Abgebrochen ändert er nichts. Wird er abgewartet, beginnt davor kein anderer Job.',
    wait: 'Erst abwarten',
    cancel: 'Job erst abbrechen',
  },
  killTitle: (service) => `Ende von ${service} erzwingen`,
  killBody: (service) => [
    `${service} kann nicht zu Ende schreiben.`,
    'Was noch nicht gespeichert war, ist verloren.',
  ],
  killDatabase: 'Es ist eine Datenbank: sie muss sich beim nächsten Start selbst reparieren.',
  failed: 'FEHLGESCHLAGEN.',
  cancelled: 'Abgebrochen.',
  interrupted: (at) => `Kedge wurde bei "${at}" neu gestartet und machte weiter.`,
  stepFailed: (action, service, detail) => `${action} ${service}: ${detail}`,
  up: (names) => `Läuft und gesund: ${names}.`,
  notStarted: (names) => `Nicht gestartet, weil Fehlgeschlagenes nötig ist: ${names}.`,
  retried: (jobs) => `Noch einmal versucht: Job ${jobs}.`,
  outcomes: {
    done: 'FERTIG: jeder Dienst ist gesund.',
    degraded: 'EINGESCHRÄNKT: nicht jeder Dienst wurde gesund.',
    'rolled back': 'ZURÜCKGEROLLT: was gestoppt war, läuft wieder, sonst wurde nichts geändert.',
    failed: 'FEHLGESCHLAGEN: Dienste stehen, siehe unten.',
  },
};
