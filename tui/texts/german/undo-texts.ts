import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';
import { counted } from './counted.ts';

const list = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(', ');

export const undoTexts: Words['undo'] = {
  head: (title) => `Rückgängig machen: ${title}`,
  looking: 'Angesehen wird, was das Rückgängigmachen täte. Nichts wird angerührt.',
  go: 'Rückgängig machen...',
  made: 'Gemacht',
  expires: 'Läuft ab',
  never: 'nie: angeheftet',
  size: 'Größe',
  changes: 'Was es täte',
  table: (table, back, gone, changed) =>
    `${table}: ${list(
      back === 0 ? '' : `${counted(back, 'Zeile kommt', 'Zeilen kommen')} zurück`,
      gone === 0 ? '' : counted(gone, 'Zeile geht', 'Zeilen gehen'),
      changed === 0 ? '' : `${counted(changed, 'Zeile ist', 'Zeilen sind')} wieder wie vorher`,
    )}`,
  files: (back, gone, changed) =>
    list(
      back === 0 ? '' : `${counted(back, 'Datei kommt', 'Dateien kommen')} zurück`,
      gone === 0 ? '' : counted(gone, 'Datei geht', 'Dateien gehen'),
      changed === 0 ? '' : `${counted(changed, 'Datei ist', 'Dateien sind')} wieder wie vorher`,
    ),
  same: 'wie jetzt',
  problem: (text) => `! ${text}`,
  written: 'Seit der Wiederherstellung geschrieben, und ginge damit verloren',
  nothingWritten: 'Seit der Wiederherstellung wurde nichts geschrieben.',
  unknownWritten: (why) =>
    `Seitdem Geschriebenes ist Teil dessen, was geht, lässt sich aber nicht unterscheiden: ${why}.`,
  writtenTable: (table, inserted, changed, deleted) =>
    `${table}: ${counted(inserted, 'neue Zeile', 'neue Zeilen')}, ${formatCount(changed)} geändert, ${formatCount(deleted)} gelöscht`,
  writtenFiles: (newer, changed, deleted) =>
    `${counted(newer, 'neue Datei', 'neue Dateien')}, ${formatCount(changed)} geändert, ${formatCount(deleted)} gelöscht`,
  keep: 'Um es zu behalten und doch zurückzuholen, was hier zurückkäme, stattdessen die Schutzsicherung zusammenführen:',
  noKeep:
    'Wird das Rückgängigmachen rückgängig gemacht, ist es wieder da. Beides zugleich zu behalten geht nicht, denn es gibt keine Schutzsicherung, die sich zusammenführen ließe.',
  services: (names) => `Dienste, die solange anhalten: ${names}`,
  noRoom: (path, needed, free) =>
    `! Jetzt geht es nicht: eine Zeit lang sind ${needed} in ${path} nötig, und ${free} sind frei.`,
  elsewhere:
    'Mit weniger Platz: die Schutzsicherung behalten, diese Rücknahme aufgeben und jene wiederherstellen, anderswo ausgepackt:',
  run: 'Ausführen mit:',
  undoUndo:
    'Was jetzt in Betrieb ist, bleibt dann erhalten: auch das Rückgängigmachen lässt sich rückgängig machen.',
  room: {
    button: 'Mit weniger Platz...',
    intro:
      'Wo Platz fehlt, kann ein anderer Ordner einen Teil aufnehmen. Der Plan wird neu gemacht.',
    folder: 'Ordner',
    placeholder: 'auf einer anderen Platte: /mnt/usb/kedge',
    note: 'Dort lassen sich Datenbanken auspacken oder die Schutzsicherung machen.',
    typeFolder: 'Zuerst den Ordner eingeben.',
    staging: 'Datenbanken dort auspacken',
    safety: 'Schutzsicherung dorthin',
    without: 'Keine Schutzsicherung...',
    undoless: 'Keine Rücknahme...',
    undolessNote:
      'Ohne Rücknahme werden Datenbanken endgültig überschrieben: der letzte Ausweg, wo es keine andere Platte gibt.',
    agreeTitle: 'Verzicht',
    agreeTo: {
      'without safety backup': [
        'Den jetzigen Stand bewahrt dann nur die Rücknahme auf, auf derselben Platte, bis sie abläuft.',
      ],
      'without undo': [
        'Der jetzige Stand wird nicht aufbewahrt. Ist die erste Datenbank überschrieben, kommt nichts zurück: nicht durch Kedge, und auch nicht, wenn ein Dienst nicht startet. Der Plan nennt, was sich nicht zurückholen lässt, und ob es eine Schutzsicherung kann.',
      ],
    },
    agreeHow:
      'Zur Zustimmung die Wörter eingeben. Danach wird nach dem Namen der Anwendung gefragt.',
    agree: 'Zustimmen',
  },
  pinnedShort: 'angeheftet',
  pinned: (title) => `Angeheftet: die Rücknahme von "${title}" bleibt, bis sie gelöst wird.`,
  unpinned: (title, when) => `Gelöst: die Rücknahme von "${title}" läuft ${when} ab.`,
  removed: (title) => `Entfernt: "${title}" lässt sich nicht mehr rückgängig machen.`,
  left: (name, of, why) =>
    `"${name}" bleibt neben ${of} liegen und braucht dort Platz, bis es jemand löscht: ${why}`,
  until: (when) => `bis ${when}`,
};
