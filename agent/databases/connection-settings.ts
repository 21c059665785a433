import * as z from 'zod';
import { SecretReference } from '../os/secret-reference.ts';

const absolutePath = z.string().startsWith('/');

/** Of every engine: where its server listens, and as whom Kedge asks it. */
export const connectionSettings = {
  /** Of the server; where neither this nor `host` is given, the one that Debian's package makes. */
  socket: absolutePath.optional().meta({
    title: 'Socket',
    description: 'Folder or file; with neither this nor a host, the one that Debian makes',
  }),
  host: z.string().min(1).optional().meta({
    title: 'Host',
    description: 'Name or address of the server; absent: it is asked by its socket on this machine',
  }),
  port: z.int().min(1).max(65_535).optional().meta({
    title: 'Port',
    description: 'On which the server listens; absent: the usual one of its engine',
  }),
  /** Absent: with TLS, unless `host` is this machine. */
  tls: z
    .union([
      z.boolean(),
      z
        .object({
          /** A file of certificates to trust instead of the system's. */
          ca: absolutePath.meta({
            title: 'Certificates',
            description: "A file of those to trust instead of the system's",
          }),
        })
        .strict(),
    ])
    .optional()
    .meta({
      title: 'TLS',
      description: 'Whether the connection is encrypted; absent: unless the host is this machine',
    }),
  user: z.string().min(1).max(128).meta({
    title: 'User',
    description: 'As whom Kedge asks the server; "kedge doctor" says which rights it lacks',
  }),
  /** Absent: the server knows the user by its socket. */
  password: SecretReference.optional().meta({
    title: 'Password',
    description: 'Where it is found; absent: the server knows the user by its socket',
  }),
  /** The application's. */
  name: z.string().min(1).max(64).meta({
    title: 'Database',
    description: "The application's, by the name that the server has for it",
  }),
};

/** What all engines have of it. */
export interface ConnectionSettings {
  readonly socket?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly tls?: boolean | { readonly ca: string } | undefined;
  readonly user: string;
  readonly password?: SecretReference | undefined;
  readonly name: string;
}
