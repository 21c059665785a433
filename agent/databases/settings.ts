import * as z from 'zod';
import { MariadbSettings } from './mariadb/settings.ts';
import { PostgresSettings } from './postgres/settings.ts';
import { SqlserverSettings } from './sqlserver/settings.ts';

/** One line for each engine, as in open-database.ts. */
export const DatabaseSettings = z.discriminatedUnion('engine', [
  PostgresSettings,
  MariadbSettings,
  SqlserverSettings,
]);
export type DatabaseSettings = z.infer<typeof DatabaseSettings>;
