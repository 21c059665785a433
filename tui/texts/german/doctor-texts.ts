import type { Words } from '../language.ts';

export const doctorTexts: Words['doctor'] = {
  tones: { ok: 'ok', advice: 'Rat', bad: 'FEHLER' },
  areas: {
    kedge: 'Kedge',
    configuration: 'Konfiguration',
    permissions: 'Rechte',
    services: 'Dienste',
    backups: 'Sicherungen',
    schedules: 'Zeitpläne',
    destinations: 'Ziele',
    space: 'Platz',
    keys: 'Schlüssel',
    alarms: 'Alarme',
    clock: 'Uhr',
    tools: 'Werkzeuge',
    versions: 'Versionen',
    terminal: 'Terminal',
  },
  summary: (bad, advice, all) => {
    const looked = `${all} Punkte wurden angesehen`;
    if (bad === 0 && advice === 0) return `${looked}: alles in Ordnung.`;
    return `${looked}: ${bad} fehlerhaft, ${advice} mit einem Rat.`;
  },
  page: {
    command: 'Nachsehen, was nicht stimmt (Diagnose)',
    title: 'Diagnose',
    looking: 'Alles wird angesehen; das dauert einige Sekunden...',
    columns: { tone: 'STAND', area: 'GEBIET', finding: 'BEFUND' },
    copy: 'Abhilfe kopieren',
    cureText: 'die Abhilfe',
    noCure: 'hier ist nichts zu beheben',
    button: 'Diagnose',
    hints: { doctor: 'Diagnose', copy: 'Abhilfe kopieren', again: 'neu nachsehen', back: 'zurück' },
  },
  terminal: {
    output: 'Ausgabe',
    noTerminal: 'geht in eine Datei oder ein Programm, über ein Terminal ist daher nichts zu sagen',
    term: {
      name: 'TERM',
      unset: 'ist nicht gesetzt: über dieses Terminal ist nichts bekannt',
      why: 'Die Terminaloberfläche lässt sich nicht zeigen; alle Befehle gehen.',
      command: 'TERM=xterm-256color kedge',
    },
    colours: {
      name: 'Farben',
      off: 'aus, wegen NO_COLOR',
      many: '256 oder mehr',
      few: 'höchstens 16 nach seinem TERM',
      why: 'Ausgewähltes und Graues ist schwerer zu unterscheiden.',
      command: 'TERM=xterm-256color kedge',
    },
    characters: {
      name: 'Zeichen',
      utf8: 'UTF-8',
      plain: 'die Locale ist nicht UTF-8, Linien werden daher mit einfachen Zeichen gezeichnet',
      why: 'Umlaute und fremde Schriften in Namen können zerstört aussehen.',
      command: 'LC_ALL=C.UTF-8 kedge',
    },
    size: {
      name: 'Größe',
      cells: (columns, rows) => `${columns} Spalten, ${rows} Zeilen`,
      why: 'Die Terminaloberfläche ist für 80 mal 24 und mehr gemacht.',
      tight: 'Das Fenster größer machen oder seine Schrift kleiner: einige Spalten fehlen.',
      small: 'Das Fenster größer machen oder seine Schrift kleiner: bis dahin erscheint nichts.',
    },
    between: {
      tmux: {
        ok: 'Strg+B gehört ihm; Esc kommt sofort durch',
        slow: (ms) => `Esc kommt ${ms} ms zu spät`,
        why: 'tmux wartet so lange, ob noch etwas folgt.',
        command: 'tmux set -sg escape-time 20',
      },
      screen: 'Strg+A gehört ihm; Esc kann spät kommen (maptimeout)',
      vscode: 'Strg+P, Strg+B und F1 gehören in seinem Terminal ihm; F10 öffnet hier das Menü',
      ssh: 'eine getrennte Verbindung beendet nur die Anzeige hier; Jobs laufen weiter',
    },
  },
  program: {
    name: 'dieses Programm',
    same: (version) => `${version}, wie das laufende Kedge`,
    alone: (version, node) => `${version}, node ${node}`,
    other: (own, theirs) => `${own}, und das laufende Kedge ist ${theirs}`,
    why: 'Was eines von beiden kennt, kennt das andere vielleicht nicht.',
    cure: 'Kedge neu starten, wenn kein Job läuft.',
  },
  unreachable: {
    why: 'Kein Zeitplan läuft, und was schiefgeht, wird nicht gemeldet.',
    byHand: {
      cure: 'Starten, oder zuerst mit "kedge init" einrichten.',
      command: 'kedge daemon',
    },
    unit: { cure: 'Starten.', command: 'sudo systemctl start kedge.service' },
    closed: 'Es läuft unter einem anderen Benutzer, und dieser darf nicht mit ihm reden.',
    unitSays: {
      thing: 'kedge.service',
      cure: 'Nachsehen, was es gesagt hat.',
      command: 'journalctl -u kedge.service -n 50',
    },
    lastWords: (line) => `das Letzte, was es sagte: ${line}`,
    read: 'Lesen, was es davor sagte.',
    noState: 'ist noch nicht da: Kedge wurde hier nie gestartet',
    openState: 'ist da und beschreibbar',
    closedState: 'die eigenen Aufzeichnungen von Kedge sind für diesen Benutzer nicht beschreibbar',
    fullState: (free) => `kaum Platz für die eigenen Aufzeichnungen von Kedge: ${free} frei`,
    stateWhy: 'Ohne sie startet Kedge nicht.',
  },
};
