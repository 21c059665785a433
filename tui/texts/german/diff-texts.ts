import type { Words } from '../language.ts';

export const diffTexts: Words['diff'] = {
  from: 'Von',
  to: 'Nach',
  same: 'Sie enthalten dasselbe.',
  columns: {
    source: 'QUELLE',
    removed: 'ENTFERNT',
    changed: 'GEÄNDERT',
    added: 'NEU',
    before: 'VORHER',
    after: 'NACHHER',
  },
  list: { change: 'ÄNDERUNG', name: 'NAME', what: 'WAS' },
  change: { removed: 'entfernt', changed: 'geändert', added: 'neu' },
  what: { content: 'Inhalt', kind: 'Art', time: 'Zeit', metadata: 'Rechte, Eigner oder Attribute' },
  only: (what) => `(nur ${what})`,
  sizes: (before, after) => `${before} -> ${after}`,
  more: (count) => `  und ${count} weitere; --all zeigt sie`,
  rows: (table, inserted, changed, deleted) =>
    `    ${table}: ${inserted} neu, ${changed} geändert, ${deleted} gelöscht`,
  sameRows: (tables) => `    Zeilen von ${tables}: alle gleich`,
  allTables: (count) => `${count} Tabellen`,
  otherTables: (count) => `${count} weiteren Tabellen`,
  schema: (type, name, change) => `    ${type} ${name} ${change}`,
  problem: (text) => `    ! nicht verglichen: ${text}`,
  askRows: 'Mit --rows werden auch die abweichenden Zeilen in Datenbanken gezählt.',
};
