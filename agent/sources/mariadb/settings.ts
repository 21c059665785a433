import * as z from 'zod';
import { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { Quiesce } from '../quiesce.ts';

const { name: _name, engine: _engine, ...connection } = MariadbSettings.shape;

/** One database of a MariaDB or MySQL server. */
export const MariadbSourceSettings = z
  .object({
    engine: z.literal('mariadb'),
    database: z.string().min(1).max(64).meta({
      title: 'Database',
      description: 'Which one of the server, by the name that it has there',
    }),
    ...connection,
    quiesce: Quiesce.optional(),
  })
  .strict()
  .meta({ title: 'MariaDB or MySQL database' });
export type MariadbSourceSettings = z.infer<typeof MariadbSourceSettings>;

/** How its server is asked. */
export function serverOf({
  database,
  quiesce: _quiesce,
  ...connection
}: MariadbSourceSettings): MariadbSettings {
  return { ...connection, name: database };
}
