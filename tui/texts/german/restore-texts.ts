import type { Words } from '../language.ts';
import { counted } from './counted.ts';

export const restoreTexts: Words['restore'] = {
  guide: ['Wählen', 'Ansehen', 'Entscheiden', 'Bestätigen', 'Zusehen', 'Ergebnis'],
  path: 'Archivdatei',
  pathPlaceholder: 'oder der Pfad einer Datei: /mnt/usb/clinic_full.tar.zst',
  typePath: 'Den Pfad eines Archivs eingeben oder eine Sicherung aus der Liste wählen.',
  undos: 'Rücknahmen',
  undosNote: 'was vor einer Wiederherstellung in Betrieb war',
  noUndos: 'Nichts zurückzunehmen. Nach einer Wiederherstellung steht hier der Weg zurück.',
  planning: 'Der Plan wird gemacht. Nichts wird angerührt.',
  running: 'Wiederherstellung läuft',
  safe: 'Dieses Fenster darf geschlossen werden: es geht weiter, und der nächste Start zeigt es.',
  run: 'Wiederherstellen...',
  cannot: 'nicht möglich, siehe oben',
  nothingToDo: 'nichts zu tun',
  question: (rows, files) => {
    const newer = [
      ...(rows === 0 ? [] : [counted(rows, 'Zeile', 'Zeilen')]),
      ...(files === 0 ? [] : [counted(files, 'Datei', 'Dateien')]),
    ].join(' und ');
    const were =
      rows + files === 1 ? 'kam seitdem hinzu oder wurde' : 'kamen seitdem hinzu oder wurden';
    return `${newer} ${were} geändert: verwerfen oder behalten?`;
  },
  newerGoes: (rows, files) => {
    const newer = [
      ...(rows === 0 ? [] : [counted(rows, 'Zeile', 'Zeilen')]),
      ...(files === 0 ? [] : [counted(files, 'Datei', 'Dateien')]),
    ];
    return `Seitdem neu oder geändert, und ginge verloren: ${newer.join(' und ')}.`;
  },
  nothingCounted:
    'Nichts Neueres gezählt. Was sich nicht vergleichen ließ, siehe oben, würde ersetzt.',
  nothingNewer: 'Nichts Neueres gefunden: was zurückkommt, ersetzt nichts seitdem Entstandenes.',
  drop: 'Verwerfen',
  keep: 'Behalten',
  tablesExact: 'Tabellen kommen zurück, wie sie waren',
  serversExact: 'ein Server kommt zurück, wie er war',
  noTablesThere: 'einzelne Tabellen gehen in keinen Ordner',
  toFolder: 'In Ordner...',
  beside: 'Daneben',
  loadBeside: 'Laden',
  onlyPart: 'Nur einen Teil...',
  runKeeping: 'Wiederherstellen und behalten...',
  unpack: 'Auspacken',
  folder: 'Ordner',
  folderPlaceholder: 'neu oder leer, etwa /tmp/ansehen',
  folderNote:
    'Dort wird ausgepackt und geprüft. Der Betrieb bleibt unberührt, kein Dienst hält an.',
  planIt: 'Plan zeigen',
  typeFolder: 'Den Ordner eingeben, in den ausgepackt werden soll.',
  partOf: (path) => (path === '' ? 'Quellen in dieser Sicherung' : path),
  tableNote:
    'Enter plant die Wiederherstellung einer Tabelle. Mehrere zugleich: kedge restore plan --table, wiederholt.',
  partNote: 'Enter geht hinein, zu Dateien oder Zeilen. Nehmen holt alles der Zeile, wie es war.',
  pick: 'Ausgewähltes nehmen',
  nothingToPick: 'hier ist nichts',
  kinds: {
    directory: 'Ordner',
    symlink: 'Verweis',
    hardlink: 'fester Verweis',
    fifo: 'Pipe',
    other: 'anderes',
  },
  emptyFolder: 'Dieser Ordner ist leer.',
  cannotBrowse: 'Dieser Ordner der Sicherung ließ sich nicht lesen.',
  rowCount: (rows) => counted(rows, 'Zeile', 'Zeilen'),
  back: 'Zurück',
  undoThis: 'Rückgängig machen...',
  undoUntil: (id, when) => `Rücknahme ${id}, bleibt bis ${when}.`,
  safetyBackup: (id, file) =>
    `Schutzsicherung ${id} (${file}): was vorher in Betrieb war, geprüft. Sie geht mit der Rücknahme.`,
  onlySafety: (id, file) =>
    `Schutzsicherung ${id} (${file}): was vorher in Betrieb war, geprüft. Es gibt keine Rücknahme: sie ist der Weg zurück.`,
  notes: 'Gut zu wissen',
  undoOffer:
    'Nicht das Richtige? Rückgängig machen bringt zurück, was vorher in Betrieb war, bis es abläuft.',
  downtimeWas: (time) => `Die Anwendung stand ${time} still.`,
  liesIn: (folder) => `Es liegt in ${folder}.`,
  outcomes: {
    restored: 'Wiederhergestellt.',
    degraded: 'EINGESCHRÄNKT: endgültig wiederhergestellt, aber nicht alle Dienste laufen.',
    unpacked: 'Ausgepackt und geprüft. Der Betrieb blieb unberührt.',
    'rolled back': 'Zurückgerollt: die alten Daten sind an ihrem Platz.',
    undone: 'Rückgängig gemacht: was vorher in Betrieb war, ist zurück.',
    recovered: 'Wieder aufgebaut.',
    'nothing to do': 'Es war nichts zu tun.',
    'given up': 'Aufgegeben: bereinigt ohne einen Datenbankserver, der nicht antwortete.',
  },
  columns: {
    engine: 'ART',
    undo: 'NIMMT ZURÜCK',
    made: 'GEMACHT',
    expires: 'LÄUFT AB',
    size: 'GRÖSSE',
    name: 'NAME',
    changed: 'GEÄNDERT',
  },
  commands: {
    planPath: 'Wiederherstellung einer Datei planen',
    choose: 'Eine Sicherung zum Wiederherstellen wählen',
    toFolder: 'In einen Ordner auspacken',
    part: 'Einen Teil wählen',
    pick: 'Ausgewählten Teil nehmen',
    reopen: 'Zurück zum Plan',
    unpack: 'Auspacken planen',
    undo: 'Ausgewählte Wiederherstellung rückgängig machen',
    pinUndo: 'Ausgewählte Rücknahme anheften oder lösen',
    removeUndo: 'Ausgewählte Rücknahme entfernen',
    forgetUndo: 'Ausgewählte Rücknahme entfernen, obwohl ihr Server weg ist',
  },
  hints: {
    next: 'nächster Teil',
    moment: 'nach Tag und Zeit',
    times: 'Zeiten zeigen',
    undo: 'rückgängig machen',
    pin: 'anheften',
    removeUndo: 'entfernen',
    look: 'Vorschau',
    back: 'zurück',
    verify: 'prüfen',
    plan: 'Plan zeigen',
    into: 'hineingehen',
    pick: 'nehmen',
    search: 'suchen',
    mark: 'markieren',
    allBackups: 'alle Sicherungen',
    planRows: 'Plan für markierte',
    press: 'drücken',
  },
};
