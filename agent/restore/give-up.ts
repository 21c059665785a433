import type { RestoreResult } from '../../protocol/domain/restore.ts';
import type { RestoreRun } from './exchange.ts';
import { askPatiently, leftIn } from './lost-servers.ts';
import type { GivenUp } from './restore-record.ts';
import { stateOf } from './restore-state.ts';

/** Its journal has ended: nothing is left that could be cancelled. */
const never = new AbortController().signal;

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
export async function wordGivenUp(
  run: RestoreRun,
  result: RestoreResult,
  { left }: GivenUp,
): Promise<RestoreResult> {
  const isForward = result.outcome === 'recovered' || result.outcome === 'degraded';
  const here = isForward
    ? 'what this machine has stays exchanged: all of it was, before the server was lost'
    : 'what this machine has is as it was before';
  const services = await broughtBack(run);
  return { ...result, outcome: 'given up', notes: [here, ...result.notes], left, services };
}

/** The services that have to run again, and whether they do. */
async function broughtBack({ journal, context }: RestoreRun) {
  const { begin, services } = stateOf(journal);
  const ids = begin.recover?.services ?? services;
  const all = await context.services.status(never);
  return all.filter(({ id }) => ids.includes(id)).map(({ id, health }) => ({ id, health }));
}
