import { readdirSync, readFileSync } from 'node:fs';

/** Living processes of a session (all that a `setsid` leader started, unless they left it); no zombies. */
export function sessionMembers(sessionId: number): readonly number[] {
  return processIds().filter((pid) => belongsTo(pid, sessionId));
}

/** Living processes, of whatever session, that were started with `text` as an entry of their environment. */
export function processesWith(text: string): readonly number[] {
  return processIds().filter((pid) => hasEnvironment(pid, text));
}

function processIds(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function belongsTo(pid: number, sessionId: number): boolean {
  const stat = readProcess(pid, 'stat');
  // Behind the command name in brackets: state, parent, group, session.
  const [state, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return session === String(sessionId) && state !== 'Z' && state !== 'X';
}

/** Whether a process was started with `text` as one of its environment's entries; false where it may not be read. */
export function hasEnvironment(pid: number, text: string): boolean {
  return readProcess(pid, 'environ').split('\0').includes(text);
}

/** Empty where the process is gone or belongs to another user. */
function readProcess(pid: number, file: 'stat' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
