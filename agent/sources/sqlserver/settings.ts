import * as z from 'zod';
import { type SqlserverSettings, sqlserverConnection } from '../../databases/sqlserver/settings.ts';
import { Quiesce } from '../quiesce.ts';

/** A folder through which backups pass: the server writes and reads them, not Kedge. */
const Exchange = z
  .object({
    /** As the server names it: `/var/opt/mssql/exchange`, `D:\Exchange`. */
    server: z.string().min(2).meta({
      title: 'As the server names it',
      description: 'Such as /var/opt/mssql/exchange or D:\\Exchange; the server writes there',
    }),
    /** The same folder as Kedge names it. */
    here: z.string().startsWith('/').meta({
      title: 'As Kedge names it',
      description: 'The same folder on this machine, such as the place where the share is mounted',
    }),
  })
  .strict();
export type Exchange = z.infer<typeof Exchange>;

/** One database of a Microsoft SQL Server. */
export const SqlserverSourceSettings = z
  .object({
    engine: z.literal('sqlserver'),
    database: z.string().min(1).max(128).meta({
      title: 'Database',
      description: 'Which one of the server, by the name that it has there',
    }),
    ...sqlserverConnection,
    exchange: Exchange.meta({
      title: 'Folder for exchange',
      description: 'Backups pass through it between the server and Kedge',
    }),
    quiesce: Quiesce.optional(),
  })
  .strict()
  .meta({ title: 'SQL Server database' });
export type SqlserverSourceSettings = z.infer<typeof SqlserverSourceSettings>;

/** How its server is asked. */
export function serverOf({
  database,
  exchange: _exchange,
  quiesce: _quiesce,
  ...connection
}: SqlserverSourceSettings): SqlserverSettings {
  return { ...connection, name: database };
}
