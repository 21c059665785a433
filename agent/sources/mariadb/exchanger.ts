import type { Exchanger } from '../restore-kind.ts';
import { checkLive, clearIncoming, prepareDatabase } from './exchange-tables.ts';
import { leftInMariadb } from './left-behind.ts';
import { checkTables, clearTables, prepareTables } from './tables/prepare-tables.ts';

/** All tables of a database change places with those that come, or some of them. */
export const mariadbExchanger: Exchanger = {
  prepare: async (item, signal) =>
    item.tables === undefined
      ? await prepareDatabase(item, signal)
      : await prepareTables(item, item.tables, signal),
  check: async (item, signal) =>
    await (item.tables === undefined ? checkLive : checkTables)(item, signal),
  clear: async (item, signal) =>
    await (item.tables === undefined ? clearIncoming : clearTables)(item, signal),
  leaves: leftInMariadb,
};
