import * as z from 'zod';
import { MariadbSettings } from '../../../databases/mariadb/settings.ts';
import { CodeObject } from '../code-object.ts';
import { KeptCode } from '../code-table.ts';
import { DatabaseProperties } from '../database-properties.ts';
import { type Move, named } from '../rename-step.ts';
import { ForeignKey } from './foreign-keys.ts';

/**
 * Some tables of `live` go to the database `outgoing`, those of `incoming` to `live`, by one RENAME TABLE. What holds
 * tables by their names, triggers and foreign keys, is dropped before and made again after: all of it is here.
 */
export const ExchangeTables = z.object({
  kind: z.literal('exchange-tables'),
  server: MariadbSettings,
  live: z.string(),
  incoming: z.string(),
  outgoing: z.string(),
  properties: DatabaseProperties,
  tables: z.object({
    /** Those that are live now. */
    live: z.array(z.string()).readonly(),
    /** Those that come. */
    incoming: z.array(z.string()).readonly(),
  }),
  /** Of the live ones. */
  triggers: z.array(CodeObject).readonly(),
  /** From the live ones, and to them. */
  keys: z.array(ForeignKey).readonly(),
  /** Of these keys those that the live rows do not hold to. */
  broken: z.array(ForeignKey).readonly(),
  /** What those that come had of it; counts where none is live. */
  before: KeptCode,
  accounts: z.array(z.string()).readonly(),
  /** Names its sessions in the server, and no others. */
  mark: z.string(),
});
export type ExchangeTables = z.infer<typeof ExchangeTables>;

export function outMoves({ live, outgoing, tables }: ExchangeTables): readonly Move[] {
  return tables.live.map((table) => ({ from: named(live, table), to: named(outgoing, table) }));
}

export function inMoves({ live, incoming, tables }: ExchangeTables): readonly Move[] {
  return tables.incoming.map((table) => ({ from: named(incoming, table), to: named(live, table) }));
}

/** Tables that come where none is live. */
function newTables({ tables }: ExchangeTables): ReadonlySet<string> {
  const live = new Set(tables.live);
  return new Set(tables.incoming.filter((table) => !live.has(table)));
}

/** What the tables have when all is done, and the database in which it was read. */
export function triggersAfter(step: ExchangeTables): readonly KeptCode[] {
  const coming = new Set(step.tables.incoming);
  const added = newTables(step);
  const { live: from, before } = step;
  return [
    { from, objects: step.triggers.filter(({ table = '' }) => coming.has(table)) },
    { from: before.from, objects: before.objects.filter(({ table = '' }) => added.has(table)) },
  ];
}

/** Of the keys after it those that have to hold. */
export function soundKeysAfter(step: ExchangeTables): readonly ForeignKey[] {
  const broken = new Set((step.before.broken ?? []).map(wordKey));
  return keysAfter(step).filter((key) => !broken.has(wordKey(key)));
}

const wordKey = ({ table, name }: ForeignKey): string => JSON.stringify([table, name]);

export function keysAfter(step: ExchangeTables): readonly ForeignKey[] {
  const [live, coming] = [new Set(step.tables.live), new Set(step.tables.incoming)];
  const stays = (table: string): boolean => coming.has(table) || !live.has(table);
  const added = newTables(step);
  const { keys = [] } = step.before;
  return [
    ...step.keys.filter(({ table, parent }) => stays(table) && stays(parent)),
    ...keys.filter(({ table }) => added.has(table)),
  ];
}
