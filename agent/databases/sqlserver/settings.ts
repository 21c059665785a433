import * as z from 'zod';
import { SecretReference } from '../../os/secret-reference.ts';
import { connectionSettings } from '../connection-settings.ts';

const { host, port, tls, user } = connectionSettings;

/** How a SQL Server is reached, without the database. */
export const sqlserverConnection = {
  /** Absent: this machine. */
  host: host.meta({
    title: 'Host',
    description: 'Name or address of the server; absent: this machine',
  }),
  port,
  /** Of a named one: the SQL Server Browser of the host says its port, where none is given. */
  instance: z
    .string()
    .regex(/^[A-Za-z_#][\w#$]{0,15}$/)
    .optional()
    .meta({
      title: 'Instance',
      description:
        'Of a named one; its port is asked of the SQL Server Browser where none is given',
    }),
  tls,
  user,
  /** Of the login: no other way in is known. */
  password: SecretReference.meta({
    title: 'Password',
    description: 'Where that of the login is found',
  }),
};

/** A database of a Microsoft SQL Server. */
export const SqlserverSettings = z
  .object({
    engine: z.literal('sqlserver'),
    ...sqlserverConnection,
    /** The application's. */
    name: z.string().min(1).max(128).meta({
      title: 'Database',
      description: "The application's, by the name that the server has for it",
    }),
  })
  .strict()
  .meta({ title: 'SQL Server' });
export type SqlserverSettings = z.infer<typeof SqlserverSettings>;
