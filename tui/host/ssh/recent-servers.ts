import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { readUiMemory, writeUiMemory } from '../ui-memory.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const Recent = z.array(z.string());
const kept = 20;

/** Names and addresses of servers that were connected to, newest first. */
export function readRecentServers(environment: Environment): readonly string[] {
  const found = Recent.safeParse(readUiMemory(pathOf(environment)));
  return found.success ? found.data : [];
}

export function noteRecentServer(environment: Environment, name: string): void {
  const others = readRecentServers(environment).filter((one) => one !== name);
  writeUiMemory(pathOf(environment), [name, ...others].slice(0, kept));
}

function pathOf(environment: Environment): string {
  const state = environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(state, 'kedge', 'recent-servers.json');
}
