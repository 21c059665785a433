import { KedgeError } from '../../../protocol/failures.ts';

/** A machine that is reached by ssh, and where Kedge is there. */
export interface Server {
  /** As a person calls it: its name in the list of servers, else what was typed. */
  readonly name: string;
  /** `[user@]host` for ssh. */
  readonly destination: string;
  readonly port?: number | undefined;
  /** How `kedge` is called there, as the shell there reads it. */
  readonly remoteKedge?: string | undefined;
  /** For `ssh -o`, such as "IdentityFile=~/.ssh/clinic". */
  readonly sshOptions?: readonly string[] | undefined;
  /** The socket of the Kedge there; absent: where any client there looks. */
  readonly socket?: string | undefined;
}

/** Where a server is, as it is typed: `[user@]host[:port]`; an IPv6 address with a port in brackets. */
export function parseAddress(text: string): Pick<Server, 'destination' | 'port'> {
  const at = text.lastIndexOf('@');
  const user = text.slice(0, at + 1);
  const { host, port } = splitPort(text.slice(at + 1), text);
  for (const part of [user, host]) {
    // ssh would take it for an option; "--" stands before it all the same.
    if (part.startsWith('-')) throw notAnAddress(text, 'begins with "-"');
    if (/[\s\p{Cc}"'`$\\;&|<>()]/u.test(part)) throw notAnAddress(text, 'has signs no host has');
  }
  if (host === '' || user === '@') throw notAnAddress(text, 'is not [user@]host[:port]');
  return { destination: `${user}${host}`, ...(port === undefined ? {} : { port }) };
}

function splitPort(text: string, whole: string): { host: string; port?: number } {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]*))(?::([^:]*))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  // More than one colon and no brackets: an IPv6 address, all of it.
  if (host === undefined) return { host: text };
  if (digits === undefined) return { host };
  const port = Number(digits);
  if (/^\d+$/.test(digits) && port >= 1 && port <= 65_535) return { host, port };
  throw notAnAddress(whole, `"${digits}" is not a port`);
}

function notAnAddress(text: string, why: string): KedgeError {
  return new KedgeError('bad-argument', { what: `server "${text}"`, problem: why });
}
