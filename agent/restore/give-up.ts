import type { RestoreResult } from '../../protocol/domain/restore.ts';
import type { RestoreRun } from './exchange.ts';
import { askPatiently, leftIn } from './lost-servers.ts';
import type { GivenUp } from './restore-record.ts';
import { stateOf } from './restore-state.ts';

/** By a person's word. Servers that answer after all are none to be given up: then nothing is noted. */
export async function noteLostServers(run: RestoreRun, withinMs?: number): Promise<void> {
  const { journal, work } = run;
  work.progress('ask the servers', 0, 0);
  const state = stateOf(journal);
  const asked = await askPatiently(state, work.signal, withinMs);
  const lost = asked.filter(({ why }) => why !== undefined);
  if (lost.length === 0) return;
  const before = state.givenUp ?? { servers: [], left: [] };
  const keys = lost.map(({ key }) => key);
  const left = [...before.left, ...leftIn(state, keys)];
  await journal.append({ kind: 'given up', servers: [...before.servers, ...keys], left });
  for (const { databases, why } of lost)
    work.log('warning', `given up: ${databases.join(', ')}: ${why}`);
  for (const { of, what, sql } of left)
    for (const text of [`${of}: ${what}`, ...sql]) work.log('warning', text);
}

/** Of a recovery that went on without them: which state this machine has, and what stays where nobody can look. */
export function wordGivenUp(result: RestoreResult, { left }: GivenUp): RestoreResult {
  const isForward = result.outcome === 'recovered' || result.outcome === 'degraded';
  const here = isForward
    ? 'what this machine has stays exchanged: all of it was, before the server was lost'
    : 'what this machine has is as it was before';
  return { ...result, outcome: 'given up', notes: [here, ...result.notes], left };
}
