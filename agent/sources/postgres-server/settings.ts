import * as z from 'zod';
import { connectionSettings } from '../../databases/connection-settings.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { Quiesce } from '../quiesce.ts';

const { name: _, ...connection } = connectionSettings;

/** All databases of a PostgreSQL server, as the folder in which it keeps them. */
export const PostgresServerSettings = z
  .object({
    engine: z.literal('postgres-server'),
    data: z.string().startsWith('/').meta({
      title: 'Data folder',
      description: 'Of the server, such as /var/lib/postgresql/15/main',
    }),
    ...connection,
    database: z.string().min(1).max(63).optional().meta({
      title: 'Database to ask from',
      description: 'To which Kedge connects for what it asks the server; absent: postgres',
    }),
    quiesce: Quiesce.optional(),
  })
  .strict()
  .meta({ title: 'Whole PostgreSQL server' });
export type PostgresServerSettings = z.infer<typeof PostgresServerSettings>;

/** How it is asked. */
export function serverOf({
  data: _data,
  database = 'postgres',
  quiesce: _quiesce,
  engine: _engine,
  ...connection
}: PostgresServerSettings): PostgresSettings {
  return { engine: 'postgres', ...connection, name: database };
}
