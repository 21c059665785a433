import { hostname, userInfo } from 'node:os';
import { quoteForShell } from '../texts/quote-for-shell.ts';

/** How a backup is fetched from where Kedge is: from a server as this window or command line came there, else by scp. */
export function fetchCommand(
  { id, path }: { readonly id: string; readonly path: string },
  server: string | undefined,
): string {
  if (server === undefined) return copyCommand(path);
  return `kedge --server ${quoteForShell(server)} backup download ${id.slice(0, 8)}`;
}

/**
 * The scp line that fetches a file from this machine, to be run on the other one. Over SSH the
 * address the person came in by is used: the machine's own name is often unknown outside.
 */
export function copyCommand(path: string, env: NodeJS.ProcessEnv = process.env): string {
  const [, , address, port] = (env['SSH_CONNECTION'] ?? '').split(' ');
  const host = address === undefined || address === '' ? hostname() : bracketed(address);
  const portOption = port === undefined || port === '22' ? '' : `-P ${port} `;
  return `scp ${portOption}${quoteForShell(`${userInfo().username}@${host}:${path}`)} .`;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
