import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where this user's view and layout are kept between two starts. */
export function uiMemoryPath(environment: Readonly<Record<string, string | undefined>>): string {
  const state = environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(state, 'kedge', 'workbench.json');
}

/** What was remembered; undefined: nothing yet, or nothing readable. Only comfort hangs on it. */
export function readUiMemory(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** False: it could not be kept, which costs only the place in the window. */
export function writeUiMemory(path: string, memory: unknown): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${JSON.stringify(memory)}\n`, { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}
