import { formatCount } from '../count.ts';
import type { Words } from '../language.ts';
import { counted } from './counted.ts';

const list = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
const some = (value: number, text: string): string =>
  value === 0 ? '' : `${formatCount(value)} ${text}`;
const since = (inserted: number, changed: number, deleted: number): string =>
  list([
    some(inserted, inserted === 1 ? 'neue geht' : 'neue gehen'),
    some(changed, changed === 1 ? 'geänderte geht zurück' : 'geänderte gehen zurück'),
    some(deleted, deleted === 1 ? 'gelöschte kommt wieder' : 'gelöschte kommen wieder'),
  ]);
const words = { new: 'neu', changed: 'geändert', deleted: 'gelöscht' };

export const planTexts: Words['plan'] = {
  obstacles: 'Dieser Plan lässt sich nicht ausführen:',
  summary: (application, at, ago) => `${application} geht zurück auf ${at} (${ago}).`,
  partOf: (application, at, ago) => `Ein Teil von ${application} geht zurück auf ${at} (${ago}).`,
  merged: (application, at, ago) =>
    `${application} bekommt zurück, was am ${at} (${ago}) da war; was danach kam, bleibt.`,
  beside: (at, ago) =>
    `Tabellen der Sicherung von ${at} (${ago}) werden unter eigenen Namen neben die jetzigen geladen. Nichts davon wird angerührt.`,
  unpacked: (folder, at, ago) =>
    `Die Sicherung vom ${at} (${ago}) wird nach ${folder} ausgepackt. Der Betrieb bleibt unberührt.`,
  parts: 'Davon nur',
  part: (source, paths, tables) => {
    const inside = [...paths, ...tables].join(', ');
    return inside === '' ? source : `${source}: ${inside}`;
  },
  tablePart: (table, rows) =>
    rows === undefined ? `Tabelle ${table}` : `${counted(rows, 'Zeile', 'Zeilen')} von ${table}`,
  backup: 'Sicherung',
  asked: 'Gewünscht',
  askedAt: (at, gap) => `${at}; diese Sicherung ist ${gap} älter`,
  askedExactly: (at) => `${at}, genau von da ist diese Sicherung`,
  passedOver: (name, at, why) => `neuer, aber nicht genommen: ${name} (${at}), denn ${why}`,
  downtime: 'Ausfallzeit',
  downtimeOf: {
    restore: (time) => `etwa ${time}, wie bei der letzten Wiederherstellung`,
    drill: (time) => `etwa ${time}, nach dem Start der letzten Probe`,
    estimate: (time) => `etwa ${time} (geschätzt: noch gab es keine Wiederherstellung oder Probe)`,
  },
  about: (time) => `etwa ${time}`,
  lost: 'Verloren',
  nothingLost: 'nichts Neueres wurde gefunden',
  lostWork: (span, what) => `die Arbeit von ${span}: ${what.join('; ')}`,
  lostRows: (inserted, changed) =>
    inserted + changed === 0
      ? 'keine Zeilen'
      : `${list([some(inserted, 'neue'), some(changed, 'geänderte')])} ${inserted + changed === 1 ? 'Zeile' : 'Zeilen'}`,
  lostFiles: (newer, changed, bytes) =>
    newer + changed === 0
      ? 'keine Dateien'
      : `${list([some(newer, 'neue'), some(changed, 'geänderte')])} ${newer + changed === 1 ? 'Datei' : 'Dateien'} (${bytes})`,
  lostUncounted: (span: string) =>
    `was in der letzten Zeit (${span}) kam und sich nicht vergleichen ließ, siehe unten; sonst wurde nichts Neueres gefunden`,
  notAllKnown: 'und was sich nicht vergleichen ließ, siehe unten',
  comesBack: 'Kommt zurück',
  nothingBack: 'nichts: alles aus dieser Sicherung ist schon da',
  comingBack: (rows, files) =>
    `${[
      ...(rows === 0 ? [] : [counted(rows, 'Zeile', 'Zeilen')]),
      ...(files === 0 ? [] : [counted(files, 'Datei', 'Dateien')]),
    ].join(' und ')}, die seitdem gelöscht ${rows + files === 1 ? 'wurde' : 'wurden'}`,
  version: 'Version',
  versions: (then, now) => (then === now ? now : `Sicherung ${then}, jetzt in Betrieb ${now}`),
  unknown: 'unbekannt',
  unpacks: 'Was entpackt wird',
  changes: 'Was ersetzt wird',
  source: (engine, bytes) => `(${engine}, ${bytes})`,
  goesTo: (place) => `nach ${place}`,
  replaces: (live) => `ersetzt ${live}`,
  problem: (problem) => `nicht verglichen: ${problem}`,
  sameTable: (table, rows) => `${table}: ${counted(rows, 'Zeile', 'Zeilen')}, wie jetzt`,
  asMany: (table, rows) => `${table}: ${counted(rows, 'Zeile', 'Zeilen')}, so viele wie jetzt`,
  table: (table, live, backup) =>
    `${table}: jetzt ${counted(live, 'Zeile', 'Zeilen')}, damals ${formatCount(backup)}`,
  rowsSince: since,
  sameFiles: 'Dateien: wie jetzt',
  files: (newer, changed, deleted, bytes) =>
    `Dateien: ${since(newer, changed, deleted)}${newer + changed === 0 ? '' : ` (${bytes})`}`,
  sample: (change, path, bytes, at) => `${words[change].padEnd(8)} ${path} (${bytes}, ${at})`,
  merges: 'Was zurückkommt',
  mergedTable: (table, inserted, overwritten, deleted) =>
    `${table}: ${list([
      some(inserted, inserted === 1 ? 'kommt zurück' : 'kommen zurück'),
      some(
        overwritten,
        overwritten === 1 ? 'geänderte wird überschrieben' : 'geänderte werden überschrieben',
      ),
      some(deleted, deleted === 1 ? 'seither neue fällt weg' : 'seither neue fallen weg'),
    ])}`,
  mergedNoFiles: 'Dateien: keine fehlt oder weicht ab',
  mergedNothing: (table) => `${table}: nichts zurückzuholen`,
  reusedKeys: (rows) =>
    `${counted(rows, 'davon scheint', 'davon scheinen')} unter demselben Schlüssel etwas anderes zu sein`,
  orphans: (rows) =>
    `${counted(rows, 'Zeile würde', 'Zeilen würden')} auf Zeilen verweisen, die es nirgends gibt`,
  mergedFiles: (inserted, overwritten, bytes) =>
    `Dateien: ${list([
      some(inserted, inserted === 1 ? 'kommt zurück' : 'kommen zurück'),
      some(overwritten, overwritten === 1 ? 'wird überschrieben' : 'werden überschrieben'),
    ])} (${bytes})`,
  warnings: 'Vorher wissen',
  safety: 'Davor',
  safetyTaken: (folder, bytes, time) =>
    `eine Sicherung des jetzigen Stands, nach ${folder}: etwa ${bytes} und ${time}`,
  safetyGap: (gap) => `in dieser Sicherung wird fehlen: ${gap}`,
  safetyNone: (why) => `keine Sicherung des jetzigen Stands: ${why}`,
  safetyLeftOut: 'keine Sicherung des jetzigen Stands, wie gewünscht',
  services: 'Dienste, Clients',
  stops: (names) => `hält an und startet wieder: ${names}`,
  noneStops: 'kein Dienst muss anhalten',
  stays: (names) => `bleibt, wie es ist: ${names}`,
  client: (program, pid, source, more) =>
    `${program} (${[`PID ${pid}`, ...more].join(', ')}) hat ${source} geöffnet`,
  clientUser: (user) => `von ${user}`,
  clientSince: (time) => `seit ${time}`,
  noClients: 'niemand sonst hat die Daten geöffnet, soweit Kedge sehen kann',
  unseen: (processes) =>
    processes === 1
      ? '1 Prozess eines anderen Benutzers ließ sich nicht ansehen'
      : `${formatCount(processes)} Prozesse anderer Benutzer ließen sich nicht ansehen`,
  space: 'Platz',
  spaceIn: (path, needed, free) => `${path}: ${needed} nötig, ${free} frei`,
  undoTakes: (bytes) => `die Rücknahme belegt etwa ${bytes}, bis sie abläuft`,
  undoless: 'keine Rücknahme, wie gewünscht: es lässt sich nicht rückgängig machen',
  offer: (kind, bytes, command) => `${kind}, ${bytes} weniger: ${command}`,
  lastOffer: (bytes, sources, command) =>
    `ohne Rücknahme, ${bytes} weniger, und der jetzige Stand von ${sources} lässt sich nicht zurückholen: ${command}`,
  offers: 'Mit weniger',
  steps: 'Schritte',
  contact: 'Kontakt',
  undoLater:
    'Was jetzt in Betrieb ist, bleibt als Rücknahme: dies lässt sich also rückgängig machen.',
};
