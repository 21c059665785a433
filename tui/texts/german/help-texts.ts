import type { helpTexts as english } from '../english/help-texts.ts';
import type { Translated } from '../language.ts';

export const helpTexts: Translated<typeof english> = {
  group: 'Hilfe',
  topics: 'Themen',
  titles: {
    'getting-started': 'Erste Schritte',
    backup: 'Sichern',
    schedules: 'Zeitpläne',
    restore: 'Wiederherstellen',
    recover: 'Auf einem leeren Rechner neu aufbauen',
    services: 'Dienste und Reset',
    databases: 'Datenbankserver',
    encryption: 'Verschlüsselung',
    destinations: 'Ziele, Laufwerke, andere Server',
    retention: 'Was bleibt, was geht',
    alarms: 'Alarme, Berichte, Messwerte',
    install: 'Installieren und aktualisieren',
    keys: 'Tasten und Maus',
    files: 'Dateien und Format',
    'exit-codes': 'Exit-Codes und Skripte',
    remote: 'Von einem anderen Rechner aus',
    troubleshooting: 'Wenn etwas nicht stimmt',
  },
  readAlso: (topic: string): string => `Siehe auch:  kedge help ${topic}`,
  commands: 'Befehle',
  noTopic: 'dieses Thema und diesen Befehl gibt es nicht; "kedge help" führt sie auf',
  didYouMean: (suggestion: string): string =>
    `dieses Thema und diesen Befehl gibt es nicht. War "kedge help ${suggestion}" gemeint?`,
  scroll: 'Auf und Ab, Bild auf und Bild ab blättern   Esc schließt',
  back: 'schließen',
};
