import type { Words } from '../language.ts';

export const aloudTexts: Words['aloud'] = {
  welcome:
    'Kedge, vorgelesen. Tab geht weiter, Pfeile bewegen, Enter führt aus, Strg+L sagt alles noch einmal, ? nennt die Tasten, : die Befehle.',
  screen: (name) => `Ansicht ${name}.`,
  panel: (name) => `Bereich ${name}.`,
  list: (rows) => (rows === 1 ? 'Liste, 1 Zeile.' : `Liste, ${rows} Zeilen.`),
  columns: (names) => `Spalten: ${names}.`,
  row: (place, rows, words) => `${place} von ${rows}: ${words}`,
  emptyList: (words) => `Leere Liste. ${words}`,
  field: (label) => `Feld ${label}: `,
  choice: (label, value, place, count) =>
    `Auswahl ${label}: ${value}, ${place} von ${count}. Links und Rechts ändern sie.`,
  button: (label) => `Knopf ${label}`,
  disabled: (why) => `, jetzt nicht: ${why}`,
  text: (rows) => (rows === 1 ? 'Text, 1 Zeile.' : `Text, ${rows} Zeilen.`),
  newLines: (count) => `${count} neue Zeilen, die letzten:`,
  month: 'Monat. Links und Rechts gehen um Tage, Auf und Ab um Wochen.',
  caretAt: (sign) => (sign === '' ? 'am Ende' : `vor "${sign}"`),
  dialog: (title) => `Frage: ${title}.`,
  dialogButton: (place, count, label) =>
    `Knopf ${place} von ${count}: ${label}. Enter drückt ihn, Tab geht zum nächsten, Esc bricht ab.`,
  menu: (title, count) =>
    `${title}: ${count === 1 ? '1 Möglichkeit' : `${count} Möglichkeiten`}. Eine Nummer eingeben, oder einen Teil eines Namens.`,
  numbered: (place, words) => `${place}. ${words}`,
  more: (count) => `und ${count} weitere`,
  onItem: (words) => `Enter nimmt: ${words}`,
  notNow: (why) => `jetzt nicht: ${why}`,
  closed: 'Geschlossen.',
  lost: (why) => `Kedge ist nicht erreichbar: ${why}`,
  back: 'Kedge ist wieder erreichbar.',
  job: (id, title, words) => `Job ${id}, ${title}: ${words}`,
  percent: (value) => `${value} Prozent`,
  service: (id, health, why) => `Dienst ${id} ist ${health}: ${why}`,
  problem: (severity, text) => `Neu, ${severity}: ${text}`,
  again: 'Alles noch einmal sagen',
};
