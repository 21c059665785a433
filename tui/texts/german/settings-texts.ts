import type { Words } from '../language.ts';

export const destinationsTexts: Words['destinations'] = {
  empty: ['Kein Ziel ist konfiguriert. Mit e eines in die Konfiguration aufnehmen.'],
  emptyOther: ['Kein Ziel ist konfiguriert. Ein Admin kann eines aufnehmen.'],
  kind: 'Art',
  why: 'Grund',
  marker:
    'Ein Ziel enthält eine kleine Markierungsdatei von Kedge. Ohne sie wird dort nichts geschrieben: vielleicht ist das Laufwerk nicht eingehängt.',
  label: 'Laufwerk',
  lastSeen: 'Zuletzt da',
  away: 'Es ist nicht angesteckt, was kein Fehler ist. Seine Sicherungen bleiben aufgeführt, und nichts davon wird geschrieben oder gelöscht.',
  space: (free, total) => `${free} frei von ${total}`,
  columns: {
    name: 'NAME',
    state: 'STAND',
    backups: 'ANZAHL',
    taken: 'BELEGT',
    free: 'FREI',
    disk: 'PLATTE BELEGT',
    path: 'ORDNER',
  },
  hints: { backUp: 'sichern', edit: 'Konfiguration bearbeiten' },
};

export const settingsTexts: Words['settings'] = {
  edit: 'Konfiguration bearbeiten',
  copyPath: 'Pfad kopieren',
  testAlarms: 'Alarme testen',
  path: 'Konfiguration',
  state: 'Stand',
  valid: 'gültig und in Kraft',
  invalid: 'nicht gültig; die letzte gute bleibt in Kraft',
  place: (row, column) => `Zeile ${row}, Spalte ${column}`,
  application: 'Anwendung',
  name: 'Name',
  version: 'Version',
  contact: 'Kontakt',
  about: 'Über',
  process: 'Prozess',
  home: 'Daten von Kedge',
  unknown: 'unbekannt, solange Kedge nicht erreichbar ist',
  how: 'Die Datei lässt sich jederzeit von Hand bearbeiten; eine gültige Änderung gilt sofort. Kommentare bleiben.',
  mayDo: {
    operator:
      'Als Bediener sichern und prüfen Sie, lassen Zeitpläne und Proben laufen, starten und beenden Dienste und setzen sie zurück. Mit i dieses Fenster einstellen; die Konfiguration ändert ein Admin.',
    viewer:
      'Als Leser sehen Sie, wie es steht. Mit i dieses Fenster einstellen; die Konfiguration ändert ein Admin.',
  },
  hints: { edit: 'bearbeiten', press: 'drücken' },
};
