import type { Arguments } from '../commands/command.ts';
import { requiredText } from '../commands/read-arguments.ts';
import { fields, table } from '../commands/table.ts';
import type { Server } from '../host/ssh/server.ts';
import { keepServer, readServers, removeServer, serversFile } from '../host/ssh/server-list.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import type { Output } from './output.ts';
import type { Globals } from './parsed.ts';
import type { Terminal } from './terminal.ts';

export interface ServerRun {
  readonly globals: Globals;
  readonly terminal: Terminal;
  readonly output: Output;
}

const words = cliTexts.server;

/** Keeps the list of servers of this user. */
export function runServer(
  run: ServerRun,
  verb: 'add' | 'list' | 'remove',
  args: Arguments,
): number {
  switch (verb) {
    case 'add':
      return add(run, args);
    case 'list':
      return list(run);
    case 'remove':
      return remove(run, args);
    default:
      return verb satisfies never;
  }
}

function add({ globals, terminal, output }: ServerRun, args: Arguments): number {
  const { remoteKedge, sshOptions, socket } = globals;
  const host = requiredText(args, 'address');
  const more = {
    ...(remoteKedge === undefined ? {} : { kedge: remoteKedge }),
    ...(sshOptions === undefined ? {} : { ssh: [...sshOptions] }),
    ...(socket === undefined ? {} : { socket }),
  };
  const entry = Object.keys(more).length === 0 ? host : { host, ...more };
  const server = keepServer(terminal.env, requiredText(args, 'name'), entry);
  output.result({ server }, [words.added(server.name), ...fields(factsOf(server))]);
  return 0;
}

function list({ terminal, output }: ServerRun): number {
  const servers = readServers(terminal.env);
  const path = serversFile(terminal.env).path;
  const rows = servers.map((server) => [server.name, addressOf(server), detailOf(server)]);
  const titles = words.columns.map((title) => ({ title }));
  output.result({ path, servers }, servers.length === 0 ? [words.none] : table(titles, rows));
  return 0;
}

function remove({ terminal, output }: ServerRun, args: Arguments): number {
  const name = requiredText(args, 'name');
  removeServer(terminal.env, name);
  output.result({ removed: name }, [words.removed(name)]);
  return 0;
}

function factsOf(server: Server): readonly (readonly [string, string | undefined])[] {
  return [
    [words.facts.address, addressOf(server)],
    [words.facts.kedge, server.remoteKedge],
    [words.facts.options, server.sshOptions?.join(' ')],
    [words.facts.socket, server.socket],
  ];
}

function addressOf({ destination, port }: Server): string {
  if (port === undefined) return destination;
  const [user, host] = destination.includes('@') ? destination.split('@') : ['', destination];
  const shown = host?.includes(':') === true ? `[${host}]` : host;
  return `${user === '' ? '' : `${user}@`}${shown}:${port}`;
}

function detailOf({ remoteKedge, sshOptions, socket }: Server): string {
  const parts = [remoteKedge, ...(sshOptions ?? []).map((option) => `-o ${option}`), socket];
  return parts.filter((part) => part !== undefined).join(', ');
}
