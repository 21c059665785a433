import * as z from 'zod';
import { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { EncryptionSettings } from '../keys/settings.ts';
import { ServiceSettings } from '../services/settings.ts';
import { FilesSettings } from '../sources/files/settings.ts';
import { MariadbSourceSettings } from '../sources/mariadb/settings.ts';
import { MariadbServerSettings } from '../sources/mariadb-server/settings.ts';
import { PostgresSourceSettings } from '../sources/postgres/settings.ts';
import { PostgresServerSettings } from '../sources/postgres-server/settings.ts';
import { SettingsSettings } from '../sources/settings/settings.ts';
import { SqliteSettings } from '../sources/sqlite/settings.ts';
import { SqlserverSourceSettings } from '../sources/sqlserver/settings.ts';
import { LocalSettings } from '../stores/local/settings.ts';
import { AlarmSettings } from './alarm-settings.ts';
import { OperatorSettings, ViewerSettings } from './door-settings.ts';
import { DrillSettings, ProofsSettings } from './drill-settings.ts';
import { MetricsSettings } from './metrics-settings.ts';

/** A name of a source, store, service or schedule; it becomes part of paths. */
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

export const SourceSettings = z.discriminatedUnion('engine', [
  SqliteSettings,
  FilesSettings,
  SettingsSettings,
  PostgresSourceSettings,
  MariadbSourceSettings,
  MariadbServerSettings,
  SqlserverSourceSettings,
  PostgresServerSettings,
]);
export type SourceSettings = z.infer<typeof SourceSettings>;

export const StoreSettings = z.discriminatedUnion('kind', [LocalSettings]);
export type StoreSettings = z.infer<typeof StoreSettings>;

/** kedge.jsonc. All paths absolute, all durations in words or with the unit in the key. */
export const Config = z
  .object({
    $schema: z.string().optional(),
    application: z
      .object({
        id: name,
        name: z.string().min(1).max(80),
        version: z.string().optional(),
        contact: z.string().optional(),
      })
      .strict(),
    sources: z.record(name, SourceSettings),
    stores: z.record(name, StoreSettings),
    services: z.record(name, ServiceSettings).optional(),
    schedules: z.record(name, ScheduleSettings).optional(),
    undo: z
      .object({
        keepDays: z.number().positive().max(365).optional().meta({ title: 'Keep undos for days' }),
        maxBytes: z.number().nonnegative().optional().meta({
          title: 'Undos in bytes at most',
          description: 'All of them together',
        }),
        minFreePercent: z.number().min(0).max(90).optional().meta({
          title: 'Free in percent at least',
          description: 'Where less of a disk is free, the oldest undo on it goes; absent: 5',
        }),
      })
      .strict()
      .optional(),
    drill: DrillSettings.optional(),
    proofs: ProofsSettings.optional(),
    alarms: AlarmSettings.optional(),
    metrics: MetricsSettings.optional(),
    viewers: ViewerSettings.optional(),
    operators: OperatorSettings.optional(),
    encryption: EncryptionSettings.optional(),
    demo: z.object({ url: z.string() }).strict().optional(),
  })
  .strict();
export type Config = z.infer<typeof Config>;
