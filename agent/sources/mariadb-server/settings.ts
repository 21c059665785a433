import * as z from 'zod';
import { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { Quiesce } from '../quiesce.ts';

const { name: _name, engine: _engine, accounts: _accounts, ...connection } = MariadbSettings.shape;

/** A whole MariaDB server of this machine. */
export const MariadbServerSettings = z
  .object({
    engine: z.literal('mariadb-server'),
    data: z.string().startsWith('/').meta({
      title: 'Data folder',
      description: 'Of the server on this machine, often /var/lib/mysql',
    }),
    ...connection,
    quiesce: Quiesce.optional(),
  })
  .strict()
  .meta({ title: 'Whole MariaDB server' });
export type MariadbServerSettings = z.infer<typeof MariadbServerSettings>;

/** How its server is asked. */
export function serverOf({
  data: _data,
  engine: _own,
  quiesce: _quiesce,
  ...connection
}: MariadbServerSettings): MariadbSettings {
  return { ...connection, engine: 'mariadb', name: 'mysql' };
}
