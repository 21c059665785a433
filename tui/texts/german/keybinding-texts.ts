import type { Words } from '../language.ts';

export const keybindingTexts: Words['keybindings'] = {
  form: 'eine Regel ist { "key": "ctrl+k x", "command": "...", "when": "...", "args": { ... } }',
  noKey: 'die Regel nennt keine Taste',
  longChord: 'eine Folge hat zwei Tasten, durch ein Leerzeichen getrennt',
  unknownKey: (key) => `"${key}" ist keine Taste`,
  keptBySystem: (modifier) =>
    `"${modifier}" behält das System und erreicht nie ein Programm im Terminal`,
  neverArrives: (key) => `"${key}" kommt nie an: Terminals haben keinen Code dafür`,
  seldomArrives: (key) =>
    `"${key}" kommt nur von Terminals an, die Umschalt mit Strg senden; andere senden die Taste ohne Umschalt`,
  sameByte: (key, same) => `"${key}" kommt als ${same} an: für ein Terminal sind sie dasselbe`,
  shiftSign: (key) =>
    `"${key}": stattdessen das Zeichen schreiben, das Umschalt aus der Taste macht`,
  unknownCommand: (command) => `einen Befehl "${command}" gibt es nicht`,
  consents: (command) => `keine Taste kann für jemanden dem zustimmen, was "${command}" fragt`,
  unknownContextKey: (key) => `"when" fragt nach "${key}", das nichts setzt`,
  fileHead: [
    'Eigene Tasten. Die letzte zutreffende Regel gilt; ein Befehl mit "-" davor nimmt eine Vorgabe weg:',
    '  { "key": "ctrl+k x", "command": "panel.toggle", "when": "view == jobs" },',
    '  { "key": "q", "command": "-quit" },',
    'Der Befehl "Vorgegebene Tastenbelegung öffnen" führt alle Vorgaben auf, zum Abschreiben.',
  ],
  presetsHead: [
    'Alle Vorgaben, zum Abschreiben in die eigene keybindings.json. Änderungen hier werden nicht behalten.',
  ],
  unboundHead: 'Befehle ohne Taste:',
  contextHead: 'Wonach "when" fragen kann (==, !=, =~, <, >, in, !, &&, ||, Klammern):',
  conflictsTitle: 'Eigene Tasten, die falsch sind oder andere verdrängen',
  noConflicts: 'Keine Regel in keybindings.json ist falsch oder verdrängt eine andere Taste.',
  overrides: (winner, loser) => `"${winner}" nimmt die Taste von "${loser}"`,
  conflicts: (winner, loser) => `"${winner}" gilt vor dem früheren eigenen "${loser}"`,
  hides: (winner, loser) => `"${winner}" verdeckt die Folge von "${loser}"`,
  removesNothing: (command) => `"${command}" hat keine Taste, die wegzunehmen wäre`,
  notACondition: (when) => `"${when}" ist keine Bedingung`,
};
