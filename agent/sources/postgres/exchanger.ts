import type { Exchanger } from '../restore-kind.ts';
import { checkLive, clearIncoming, prepareRenames } from './exchange-databases.ts';
import { leftInPostgres } from './left-behind.ts';
import { checkTables, clearTables, prepareTables } from './tables/exchange-tables.ts';

/** Whole databases change names, of single tables the rows change places. */
export const postgresExchanger: Exchanger = {
  prepare: async (item, signal) =>
    item.tables === undefined
      ? await prepareRenames(item, signal)
      : await prepareTables(item, item.tables, signal),
  check: async (item, signal) =>
    await (item.tables === undefined ? checkLive : checkTables)(item, signal),
  clear: async (item, signal) =>
    await (item.tables === undefined ? clearIncoming : clearTables)(item, signal),
  leaves: leftInPostgres,
};
