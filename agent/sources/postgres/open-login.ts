import { dirname, join } from 'node:path';
import { reachOf } from '../../databases/place-of.ts';
import { askedAt, noSpaceAt } from '../../databases/postgres/connect-watched.ts';
import { usualPlace } from '../../databases/postgres/postgres-server.ts';
import { maintenanceOf, type PostgresSettings } from '../../databases/postgres/settings.ts';
import { makeFolder, removeTree, writeFileAtomic } from '../../os/files.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';
import type { ToolLogin } from '../dumps/run-dump-tool.ts';
import { systemCertificates } from '../dumps/system-certificates.ts';

/** `folder` is made in the scratch of the job, which goes with all in it also after a crash. */
export async function openLogin(server: PostgresSettings, folder: string): Promise<ToolLogin> {
  await makeFolder(folder);
  const { place, tls, isLocal, where } = reachOf(server, usualPlace);
  const socket = place.socket === undefined ? undefined : splitSocket(place.socket);
  const host = socket?.folder ?? place.host;
  const port = String(socket?.port ?? place.port);
  const passfile = join(folder, 'passfile');
  const { user } = server;
  const password = server.password === undefined ? undefined : await resolveSecret(server.password);
  if (password !== undefined) {
    const fields = ['*', '*', '*', server.user, password].map(escaped);
    await writeFileAtomic(passfile, `${fields.join(':')}\n`, 0o600);
  }
  return {
    // -w: never ask, nobody is there to answer.
    argv: ['-w', '-h', host, '-p', port, '-U', server.user],
    environment: {
      PGPASSFILE: passfile,
      PGAPPNAME: 'kedge',
      PGSSLMODE: socket === undefined && tls !== undefined ? 'verify-full' : 'prefer',
      ...(tls === undefined ? {} : { PGSSLROOTCERT: tls.ca ?? (await systemCertificates()) }),
      // Nor files of whoever runs Kedge.
      HOME: folder,
      PGSERVICEFILE: join(folder, 'none'),
      LC_ALL: 'C',
    },
    server: askedAt(
      {
        ...{ place, isLocal, user, password, database: maintenanceOf(server) },
        ...(tls === undefined ? {} : { tls }),
      },
      where,
    ),
    // What the server says comes after that; what the program itself can't write, without.
    fullServer: (line) => (line.includes('ERROR: ') ? noSpaceAt(where, line) : undefined),
    [Symbol.asyncDispose]: async () => await removeTree(folder),
  };
}

/** Source: PostgreSQL manual, 34.16 "The Password File". */
function escaped(field: string): string {
  return field === '*' ? field : field.replaceAll('\\', '\\\\').replaceAll(':', '\\:');
}

/** libpq makes the name of a socket from its folder and a port. */
function splitSocket(socket: string): { readonly folder: string; readonly port: number } {
  const [, port = String(usualPlace.port)] = /\.s\.PGSQL\.(\d+)$/.exec(socket) ?? [];
  return { folder: dirname(socket), port: Number(port) };
}
