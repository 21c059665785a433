import { formatCount } from '../count.ts';

function count(value: number, one: string, many: string): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

const list = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
const both = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(' and ');
const some = (value: number, text: string): string =>
  value === 0 ? '' : `${formatCount(value)} ${text}`;

/** A restore plan in words, the same on the screen and on the command line. */
export const planTexts = {
  obstacles: 'This plan cannot run:',
  summary: (application: string, at: string, ago: string) =>
    `${application} goes back to ${at} (${ago}).`,
  partOf: (application: string, at: string, ago: string) =>
    `A part of ${application} goes back to ${at} (${ago}).`,
  merged: (application: string, at: string, ago: string) =>
    `${application} gets back what it had at ${at} (${ago}); what came after stays.`,
  beside: (at: string, ago: string) =>
    `Tables of the backup of ${at} (${ago}) are loaded beside the live ones, under names of their own. Nothing live is touched.`,
  unpacked: (folder: string, at: string, ago: string) =>
    `The backup of ${at} (${ago}) is unpacked into ${folder}. Nothing live is touched.`,
  parts: 'Of it only',
  part: (source: string, paths: readonly string[], tables: readonly string[]) => {
    const inside = [...paths, ...tables].join(', ');
    return inside === '' ? source : `${source}: ${inside}`;
  },
  tablePart: (table: string, rows: number | undefined) =>
    rows === undefined ? `table ${table}` : `${count(rows, 'row', 'rows')} of ${table}`,
  backup: 'Backup',
  asked: 'Asked for',
  askedAt: (at: string, gap: string) => `${at}; this backup was taken ${gap} before`,
  askedExactly: (at: string) => `${at}, when this backup was taken`,
  passedOver: (name: string, at: string, why: string) =>
    `newer, but not used: ${name} (${at}), as ${why}`,
  downtime: 'Downtime',
  downtimeOf: {
    restore: (time: string) => `about ${time}, as for the last restore`,
    drill: (time: string) => `about ${time}, by the start of the last drill`,
    estimate: (time: string) => `about ${time} (an estimate: there was no restore or drill yet)`,
  },
  about: (time: string) => `about ${time}`,
  lost: 'Lost',
  nothingLost: 'nothing that is newer was found',
  lostWork: (span: string, what: readonly string[]) =>
    `the work of the last ${span}: ${what.join('; ')}`,
  lostRows: (inserted: number, changed: number) =>
    inserted + changed === 0
      ? 'no rows'
      : `${list([some(inserted, 'new'), some(changed, 'changed')])} ${inserted + changed === 1 ? 'row' : 'rows'}`,
  lostFiles: (newer: number, changed: number, bytes: string) =>
    newer + changed === 0
      ? 'no files'
      : `${list([some(newer, 'new'), some(changed, 'changed')])} ${newer + changed === 1 ? 'file' : 'files'} (${bytes})`,
  lostUncounted: (span: string) =>
    `what came in the last ${span} and could not be compared, see below; nothing else that is newer was found`,
  notAllKnown: 'and what could not be compared, see below',
  comesBack: 'Comes back',
  nothingBack: 'nothing: all that this backup has is live already',
  comingBack: (rows: number, files: number) =>
    `${both(rows === 0 ? '' : count(rows, 'row', 'rows'), files === 0 ? '' : count(files, 'file', 'files'))} ${rows + files === 1 ? 'that was' : 'that were'} deleted since`,
  version: 'Version',
  versions: (then: string, now: string) =>
    then === now ? now : `backup ${then}, running now ${now}`,
  unknown: 'unknown',
  unpacks: 'What is unpacked',
  changes: 'What is replaced',
  source: (engine: string, bytes: string) => `(${engine}, ${bytes})`,
  goesTo: (place: string) => `to ${place}`,
  replaces: (live: string) => `replaces ${live}`,
  problem: (problem: string) => `not compared: ${problem}`,
  sameTable: (table: string, rows: number) => `${table}: ${count(rows, 'row', 'rows')}, as now`,
  asMany: (table: string, rows: number) =>
    `${table}: ${count(rows, 'row', 'rows')}, as many as now`,
  table: (table: string, live: number, backup: number) =>
    `${table}: ${count(live, 'row', 'rows')} now, ${formatCount(backup)} then`,
  rowsSince: (inserted: number, changed: number, deleted: number) =>
    list([
      some(inserted, inserted === 1 ? 'new one goes' : 'new ones go'),
      some(changed, changed === 1 ? 'changed one goes back' : 'changed ones go back'),
      some(deleted, deleted === 1 ? 'deleted one comes back' : 'deleted ones come back'),
    ]),
  sameFiles: 'files: as now',
  files: (newer: number, changed: number, deleted: number, bytes: string) =>
    `files: ${list([
      some(newer, newer === 1 ? 'new one goes' : 'new ones go'),
      some(changed, changed === 1 ? 'changed one goes back' : 'changed ones go back'),
      some(deleted, deleted === 1 ? 'deleted one comes back' : 'deleted ones come back'),
    ])}${newer + changed === 0 ? '' : ` (${bytes})`}`,
  sample: (change: 'new' | 'changed' | 'deleted', path: string, bytes: string, at: string) =>
    `${change.padEnd(7)} ${path} (${bytes}, ${at})`,
  merges: 'What comes back',
  mergedTable: (table: string, inserted: number, overwritten: number, deleted: number) =>
    `${table}: ${list([
      some(inserted, inserted === 1 ? 'comes back' : 'come back'),
      some(
        overwritten,
        overwritten === 1 ? 'changed one is overwritten' : 'changed ones are overwritten',
      ),
      some(deleted, deleted === 1 ? 'that came since goes away' : 'that came since go away'),
    ])}`,
  mergedNoFiles: 'files: none is missing or differs',
  mergedNothing: (table: string) => `${table}: nothing to bring back`,
  reusedKeys: (rows: number) =>
    `${count(rows, 'of them seems', 'of them seem')} to be another thing under the same key`,
  orphans: (rows: number) => `${count(rows, 'row', 'rows')} would point to rows that are nowhere`,
  mergedFiles: (inserted: number, overwritten: number, bytes: string) =>
    `files: ${list([
      some(inserted, inserted === 1 ? 'comes back' : 'come back'),
      some(overwritten, overwritten === 1 ? 'is overwritten' : 'are overwritten'),
    ])} (${bytes})`,
  warnings: 'Know before',
  safety: 'Before that',
  safetyTaken: (folder: string, bytes: string, time: string) =>
    `a backup of what is live now, into ${folder}: about ${bytes} and ${time}`,
  safetyGap: (gap: string) => `that backup will be without ${gap}`,
  safetyNone: (why: string) => `no backup of what is live now: ${why}`,
  safetyLeftOut: 'no backup of what is live now is taken, as asked',
  services: 'Services and clients',
  stops: (names: string) => `stops and starts again: ${names}`,
  noneStops: 'no service has to stop',
  stays: (names: string) => `stays as it is: ${names}`,
  client: (program: string, pid: number, source: string, more: readonly string[]) =>
    `${program} (${[`pid ${pid}`, ...more].join(', ')}) has ${source} open`,
  clientUser: (user: string) => `of ${user}`,
  clientSince: (time: string) => `for ${time}`,
  noClients: 'nobody else has the data open, as far as Kedge can see',
  unseen: (processes: number) =>
    `${count(processes, 'process', 'processes')} of other users could not be looked into`,
  space: 'Space',
  spaceIn: (path: string, needed: string, free: string) =>
    `${path}: ${needed} needed, ${free} free`,
  undoTakes: (bytes: string) => `the undo keeps about ${bytes} until it expires`,
  undoless: 'no undo is kept, as asked: it can not be taken back',
  offer: (kind: string, bytes: string, command: string) => `${kind}, ${bytes} less: ${command}`,
  lastOffer: (bytes: string, sources: string, command: string) =>
    `without an undo, ${bytes} less, and what is live of ${sources} can't be brought back: ${command}`,
  offers: 'With less room',
  steps: 'Steps',
  contact: 'Contact',
  undoLater: 'What is live now is kept as an undo, so this can be taken back.',
};
