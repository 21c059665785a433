import type { Words } from '../language.ts';

export const serverTexts: Words['servers'] = {
  inShell:
    'In einer Shell: kedge server add NAME [benutzer@]host, kedge server list, kedge server remove NAME.',
  pressEnter: 'Enter geht zurück zum Fenster.',
  on: (server) => `auf ${server}`,
  connecting: (server) =>
    `Verbindung zu ${server} wird hergestellt. ssh fragt vielleicht hier; Strg+C geht zurück.`,
  retryHint:
    'Es wird von selbst wieder versucht, ohne Fragen. Strg+R versucht es jetzt, und ssh darf fragen.',
  onlyHere: 'Kedge ist auf einem anderen Rechner, oder sein Socket wurde genannt',
  group: 'Verbindung',
  commands: {
    connect: 'Mit einem Server verbinden',
    go: 'Mit diesem Server verbinden',
    start: 'Kedge starten',
    init: 'Hier eine Anwendung schützen',
    demo: 'Demo ausprobieren',
  },
  picker: {
    title: 'Mit einem Server verbinden',
    thisMachine: 'Dieser Rechner',
    here: 'jetzt gezeigt',
    recent: 'kürzlich',
    listed: 'in der eigenen Liste',
    ofSsh: 'in ~/.ssh/config',
    none: 'Die Liste ist leer: "kedge server add NAME [benutzer@]host", oder ein Host in ~/.ssh/config.',
  },
  away: {
    title: 'Kedge läuft hier nicht.',
    unit: (state) => `Es ist als Dienst installiert, und der ist ${state}.`,
    unitCure: 'In einer Shell starten, und dieses Fenster macht von selbst weiter:',
    unitCommand: 'sudo systemctl start kedge',
    closedTitle: 'Dieser Benutzer darf mit Kedge hier nicht sprechen.',
    closed:
      'Sein Socket ist da, aber nicht für diesen Benutzer. Als Benutzer von Kedge oder als root öffnen:',
    closedCommand: 'sudo kedge',
    configured: (path) => `Es gibt eine Konfiguration: ${path}`,
    startHint:
      'Hier gestartet, läuft es ohne dieses Fenster weiter, bis es oder der Rechner angehalten wird.',
    nothing: 'Hier wird noch nichts geschützt.',
    nothingHint:
      'kedge init stellt einige Fragen, schreibt eine Konfiguration und macht die erste geprüfte Sicherung.',
    starting: 'Kedge wird gestartet...',
    buttons: {
      start: 'Kedge starten',
      init: 'Eine Anwendung schützen...',
      demo: 'Demo ausprobieren',
      connect: 'Mit einem Server verbinden...',
      copy: 'Befehl kopieren',
    },
  },
};
