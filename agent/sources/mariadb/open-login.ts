import { join } from 'node:path';
import { askedMariadb } from '../../databases/mariadb/asked-mariadb.ts';
import { usualPlace } from '../../databases/mariadb/open-session.ts';
import type { Product } from '../../databases/mariadb/product.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { type Reach, reachOf } from '../../databases/place-of.ts';
import { makeFolder, removeTree, writeFileAtomic } from '../../os/files.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';
import type { ToolLogin } from '../dumps/run-dump-tool.ts';
import { systemCertificates } from '../dumps/system-certificates.ts';

/** `folder` is made in the scratch of the job, which goes with all in it also after a crash. */
export async function openLogin(
  server: MariadbSettings,
  folder: string,
  product: Product = 'MariaDB',
): Promise<ToolLogin> {
  await makeFolder(folder);
  const { password } = server;
  const options = {
    user: server.user,
    ...(password === undefined ? {} : { password: await resolveSecret(password) }),
    ...placeIn(reachOf(server, usualPlace)),
    ...(await encryptionIn(reachOf(server, usualPlace), product === 'MySQL')),
  };
  const file = join(folder, 'login.cnf');
  const lines = Object.entries(options).map(([name, value]) =>
    value === true ? name : `${name}=${quoted(String(value))}`,
  );
  await writeFileAtomic(file, `[client]\n${lines.join('\n')}\n`, 0o600);
  return {
    // Before all others; no other file is read then, but for what whoever runs Kedge has in his home.
    argv: [`--defaults-file=${file}`],
    environment: { HOME: folder, LC_ALL: 'C' },
    server: askedMariadb(server, product),
    [Symbol.asyncDispose]: async () => await removeTree(folder),
  };
}

function placeIn({ place: { socket, host, port } }: Reach) {
  return socket === undefined ? { protocol: 'tcp', host, port } : { protocol: 'socket', socket };
}

async function encryptionIn({ tls, place }: Reach, forMysql: boolean) {
  if (tls === undefined) {
    // It would be encrypted for nobody.
    if (place.socket !== undefined)
      return forMysql ? { 'ssl-mode': 'DISABLED' } : { 'skip-ssl': true };
    // Of a server without TLS, which is on this machine, a password is sent under its key.
    return forMysql
      ? { 'ssl-mode': 'PREFERRED', 'loose-get-server-public-key': true }
      : { 'skip-ssl-verify-server-cert': true };
  }
  const trusted = { 'ssl-ca': tls.ca ?? (await systemCertificates()) };
  return forMysql
    ? { ...trusted, 'ssl-mode': 'VERIFY_IDENTITY' }
    : { ...trusted, ssl: true, 'ssl-verify-server-cert': true };
}

/** Source: MariaDB, mysys/my_default.c: a backslash escapes, also between quotes. */
function quoted(value: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return `"${value.replaceAll(/[\\"]/g, String.raw`\$&`).replaceAll(/[\n\r\t]/g, (found) => escapes[found] ?? found)}"`;
}
