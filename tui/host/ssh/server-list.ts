import { applyEdits, getNodeValue, modify } from 'jsonc-parser';
import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { cliTexts } from '../../texts/english/cli-texts.ts';
import { parseJsonc } from '../settings/parse-jsonc.ts';
import { type UserFile, userFile } from '../settings/user-file.ts';
import { parseAddress, type Server } from './server.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `host`: `[user@]host[:port]`; a server that needs no more is that text alone. */
const Entry = z.union([
  z.string(),
  z.strictObject({
    host: z.string(),
    kedge: z.string().optional(),
    ssh: z.array(z.string()).optional(),
    socket: z.string().optional(),
  }),
]);
type Entry = z.infer<typeof Entry>;

const List = z.record(z.string(), Entry);

export function serversFile(environment: Environment): UserFile {
  return userFile(environment, 'servers.jsonc');
}

/** The list of servers of this user, in the order of the file. */
export function readServers(environment: Environment): readonly Server[] {
  const { list } = readList(serversFile(environment));
  return Object.entries(list).map(([name, entry]) => serverOf(name, entry));
}

/** Adds it, or puts it in the place of the one of that name; comments and order of the file stay. */
export function keepServer(environment: Environment, name: string, entry: Entry): Server {
  if (!/^[\p{L}\d][\p{L}\d._-]*$/u.test(name))
    throw new KedgeError('bad-argument', { what: `"${name}"`, problem: cliTexts.server.badName });
  const server = serverOf(name, entry);
  change(serversFile(environment), name, entry);
  return server;
}

export function removeServer(environment: Environment, name: string): void {
  const file = serversFile(environment);
  if (!Object.hasOwn(readList(file).list, name))
    throw new KedgeError('not-found', { what: 'server', id: name, list: 'server' });
  change(file, name, undefined);
}

function serverOf(name: string, entry: Entry): Server {
  const { host, kedge, ssh, socket } = typeof entry === 'string' ? { host: entry } : entry;
  return {
    name,
    ...parseAddress(host),
    ...(kedge === undefined ? {} : { remoteKedge: kedge }),
    ...(ssh === undefined ? {} : { sshOptions: ssh }),
    ...(socket === undefined ? {} : { socket }),
  };
}

function readList(file: UserFile): { readonly text: string; readonly list: z.infer<typeof List> } {
  const text = file.read();
  const { root, faults } = parseJsonc(text);
  const [fault] = faults;
  if (fault !== undefined) throw invalid(file.path, `line ${fault.line}: ${fault.message}`);
  if (root === undefined) return { text, list: {} };
  const found = List.safeParse(getNodeValue(root));
  if (found.success) return { text, list: found.data };
  const [issue] = found.error.issues;
  throw invalid(file.path, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function change(file: UserFile, name: string, entry: Entry | undefined): void {
  const { text } = readList(file);
  const begun = text.trim() === '' ? '{}\n' : text;
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  file.write(applyEdits(begun, modify(begun, [name], entry, { formattingOptions })));
}

function invalid(path: string, problem: string): KedgeError {
  return new KedgeError('server-list-invalid', { path, problem });
}
