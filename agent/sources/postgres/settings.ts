import * as z from 'zod';
import { connectionSettings } from '../../databases/connection-settings.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { Quiesce } from '../quiesce.ts';

const { name: _, ...connection } = connectionSettings;
const databaseName = z.string().min(1).max(63);

/** One database of a PostgreSQL server. */
export const PostgresSourceSettings = z
  .object({
    engine: z.literal('postgres'),
    database: databaseName.meta({
      title: 'Database',
      description: 'Which one of the server, by the name that it has there',
    }),
    ...connection,
    maintenance: databaseName.optional().meta({
      title: 'Database to ask from',
      description: "From which the application's is renamed; absent: postgres",
    }),
    quiesce: Quiesce.optional(),
  })
  .strict()
  .meta({ title: 'PostgreSQL database' });
export type PostgresSourceSettings = z.infer<typeof PostgresSourceSettings>;

/** How its server is asked. */
export function serverOf({
  database,
  quiesce: _quiesce,
  ...connection
}: PostgresSourceSettings): PostgresSettings {
  return { ...connection, name: database };
}
