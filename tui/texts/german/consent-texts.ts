import type { Words } from '../language.ts';

const meanwhile = 'Ihre Dienste halten solange an und starten danach wieder.';

export const consentTexts: Words['consent'] = {
  restore: (application) => [
    `Die Daten von ${application} werden ersetzt, wie der Plan es sagt. ${meanwhile}`,
    'Was jetzt in Betrieb ist, bleibt als Rücknahme erhalten.',
  ],
  restoreForGood: (application) => [
    `Die Daten von ${application} werden ersetzt, wie der Plan es sagt. ${meanwhile}`,
    'Von dem, was jetzt in Betrieb ist, bleibt nichts: das lässt sich nicht rückgängig machen.',
  ],
  merge: (application) => [
    `Was in ${application} fehlt oder abweicht, kommt zurück, wie der Plan es sagt; Neueres bleibt. ${meanwhile}`,
    'Was jetzt in Betrieb ist, bleibt als Rücknahme erhalten.',
  ],
  undo: (title) => [
    `Macht rückgängig: ${title}.`,
    'Was vorher in Betrieb war, kommt zurück. Was jetzt in Betrieb ist, bleibt als eigene Rücknahme.',
  ],
  removeUndo: (title) => [
    `Was "${title}" aufbewahrt, wird gelöscht, und die Schutzsicherung mit ihm.`,
    'Jene Wiederherstellung lässt sich dann nicht mehr rückgängig machen.',
  ],
  forgetUndo: (title) => [
    `Was "${title}" auf dieser Maschine aufbewahrt, wird gelöscht, und die Schutzsicherung mit ihm. Jene Wiederherstellung lässt sich dann nicht mehr rückgängig machen.`,
    'Antwortet ihr Datenbankserver nicht, bleibt, was dort liegt, und wird genannt: nur für einen Server, der nie wiederkommt.',
  ],
  removeUndos: [
    'Was sie aufbewahren, wird gelöscht, und ihre Schutzsicherungen mit ihm. Jene Wiederherstellungen lassen sich dann nicht mehr rückgängig machen.',
  ],
  forgetUndos: [
    'Was sie auf dieser Maschine aufbewahren, wird gelöscht, und ihre Schutzsicherungen mit ihm. Jene Wiederherstellungen lassen sich dann nicht mehr rückgängig machen.',
    'Antwortet ein Datenbankserver nicht, bleibt, was dort liegt, und wird genannt: nur für einen Server, der nie wiederkommt.',
  ],
  deleteBackup: (path) => [
    'Diese Datei wird gelöscht. Solange sie im Papierkorb ihres Ziels liegt, lässt sie sich zurückholen:',
    path,
  ],
  stop: (service, dependents) =>
    dependents === ''
      ? [`Stoppt ${service}. Der Dienst bleibt aus, bis er gestartet wird.`]
      : [
          `Stoppt ${service}. Der Dienst bleibt aus, bis er gestartet wird. Ihn brauchen: ${dependents}.`,
        ],
  stopAll: (services, dependents) =>
    dependents === ''
      ? [`Stoppt ${services}. Die Dienste bleiben aus, bis sie gestartet werden.`]
      : [
          `Stoppt ${services}. Die Dienste bleiben aus, bis sie gestartet werden. Gebraucht werden sie von: ${dependents}.`,
        ],
  restartAll: (services, dependents) =>
    dependents === ''
      ? [`Stoppt ${services} und startet sie wieder.`]
      : [`Stoppt ${services} und startet sie wieder. Gebraucht werden sie von: ${dependents}.`],
  restart: (service, dependents) =>
    dependents === ''
      ? [`Stoppt ${service} und startet ihn wieder.`]
      : [`Stoppt ${service} und startet ihn wieder. Ihn brauchen: ${dependents}.`],
  reset: (services) => [
    `Stoppt und startet ${services}, in der Reihenfolge der Abhängigkeiten. Laufende Arbeit dort wird unterbrochen.`,
  ],
  all: 'alle Dienste',
  cancel: (title) => [title, 'Der Job wird gebeten aufzuhören. Nichts Halbes bleibt zurück.'],
  retry: (title) => [title, 'Er beginnt noch einmal mit demselben Auftrag.'],
  removeSchedule: (schedule) => [
    `"${schedule}" macht keine Sicherungen mehr. Die schon gemachten bleiben.`,
  ],
  accidents: {
    'delete-patients':
      '200 Patienten und alles, was an ihnen hängt, verschwinden aus der Datenbank. Eine Sicherung wiederherstellen, um sie zurückzuholen.',
    'overwrite-upload':
      'Ein hochgeladenes Dokument wird mit Unsinn überschrieben. Eine Sicherung wiederherstellen, um es zurückzuholen.',
    'hang-host':
      'Der Host nimmt keine Anfragen mehr an. Die Dienste zurücksetzen, damit er wieder läuft.',
    'kill-agent': 'Der Agent stirbt. Ihn starten, oder die Dienste zurücksetzen.',
    'fill-destination': 'Das Ziel wird gefüllt, so dass die nächste Sicherung keinen Platz findet.',
  },
  stopDemo: 'Die Demo und ihre Dienste halten an. Ihre Daten bleiben.',
};
