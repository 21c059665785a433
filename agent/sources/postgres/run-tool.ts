import { dirname, join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { reachOf } from '../../databases/place-of.ts';
import { usualPlace } from '../../databases/postgres/postgres-server.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { exists, makeFolder, removeTree, spaceOf, writeFileAtomic } from '../../os/files.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';
import { runCommandWith } from '../../os/run-command.ts';
import { wordBytes } from '../../os/word-bytes.ts';

/** How PostgreSQL's programs reach a server; the password lies in a file until it is disposed of. */
export interface ToolLogin extends AsyncDisposable {
  /** Whom to connect to, without the database. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** `folder` is made in the scratch of the job, which goes with all in it also after a crash. */
export async function openLogin(server: PostgresSettings, folder: string): Promise<ToolLogin> {
  await makeFolder(folder);
  const { place, tls } = reachOf(server, usualPlace);
  const socket = place.socket === undefined ? undefined : splitSocket(place.socket);
  const host = socket?.folder ?? place.host;
  const port = String(socket?.port ?? place.port);
  const passfile = join(folder, 'passfile');
  if (server.password !== undefined) {
    const password = await resolveSecret(server.password);
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

/** libpq knows "system" from 16 on only. */
async function systemCertificates(): Promise<string> {
  const debian = '/etc/ssl/certs/ca-certificates.crt';
  return (await exists(debian)) ? debian : '/etc/pki/tls/certs/ca-bundle.crt';
}

const atMostMs = 2 ** 31 - 1;
const shownLines = 4;

/** Runs one of them to its end; fails with dump-failed and its own words, or with no-space of `folder`. */
export async function runTool(
  order: {
    readonly source: string;
    readonly tool: string;
    readonly argv: readonly string[];
    readonly login: Pick<ToolLogin, 'environment'>;
    /** Where it writes. */
    readonly folder: string;
  },
  signal: AbortSignal,
): Promise<void> {
  const { source, tool, argv, login, folder } = order;
  const { environment } = login;
  const { problem, output } = await runCommandWith(
    { argv: [tool, ...argv], timeoutMs: atMostMs, environment, lines: shownLines },
    signal,
  );
  if (problem === undefined) return;
  if (output.includes('No space left on device')) {
    const { freeBytes } = await spaceOf(folder);
    throw new KedgeError('no-space', { path: folder, needed: 'more', free: wordBytes(freeBytes) });
  }
  const why = output === '' ? problem : output.replaceAll(/\s*\n\s*/g, '; ');
  throw new KedgeError('postgres-tool-failed', { source, tool: tool.split('/').at(-1) ?? '', why });
}
