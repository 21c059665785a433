import type { Words } from '../language.ts';
import { counted } from './counted.ts';

export const rowsTexts: Words['rows'] = {
  unpacking: 'Datenbank zum Lesen auspacken',
  columns: { table: 'TABELLE', rows: 'ZEILEN', key: 'SCHLÜSSEL' },
  null: 'NULL',
  noKey: '(keiner: nur die Tabelle als Ganzes kommt zurück)',
  noTables: 'Diese Datenbank hat keine Tabellen.',
  noRows: (more) => (more ? 'Im durchsuchten Teil wurde nichts gefunden.' : 'Keine Zeilen.'),
  pick: (table) =>
    `Zeilen zurückholen mit  kedge restore plan SICHERUNG --row '${table}=SCHLÜSSEL'`,
  pickTable: (table) =>
    `Ihre Zeilen lassen sich nicht einzeln nehmen; die Tabelle kommt zurück mit  kedge restore plan SICHERUNG --table '${table}'`,
  screen: {
    search: 'Suche',
    placeholder: 'Text in irgendeiner Spalte; Enter sucht',
    all: 'Ganze Tabelle',
    plan: (count) =>
      count === 0 ? 'Plan für markierte' : `Plan für ${counted(count, 'Zeile', 'Zeilen')}`,
    noneMarked: 'Leertaste markiert Zeilen',
    noKey: 'Diese Zeile hat keinen Schlüssel; die Tabelle kann als Ganzes zurückkommen.',
    more: 'mehr Zeilen: Enter liest weiter',
    count: (total, marked) =>
      `${counted(total, 'Zeile', 'Zeilen')}${marked === 0 ? '' : `, ${marked} markiert`}`,
    none: 'Keine Zeilen.',
    noneSoFar: 'bisher nichts gefunden: Enter sucht weiter',
    unpacking:
      'Die Datenbank dieser Sicherung wird zum Lesen ausgepackt. Eine große braucht einige Sekunden.',
    commands: {
      rows: 'Zeilen einer Tabelle',
      search: 'Zeilen durchsuchen',
      mark: 'Ausgewählte Zeile markieren',
      plan: 'Plan für die markierten Zeilen',
    },
  },
  more: (after) => `Es gibt mehr: --after ${after}`,
};
