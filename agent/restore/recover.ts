import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RestoreResult } from '../../protocol/domain/restore.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { reopenJournal } from '../journal/journal.ts';
import { removeFile } from '../os/files.ts';
import type { Work } from '../os/work.ts';
import { lowerGuard, passGate, type RestoreRun, swapOnward } from './exchange.ts';
import { finish } from './finish.ts';
import { noteLostServers, wordGivenUp } from './give-up.ts';
import { goBack } from './go-back.ts';
import { isPastReturn, unfinished } from './onward.ts';
import { putConfiguration } from './recover-machine/put-configuration.ts';
import type { RestoreContext } from './restore-context.ts';
import { type Begin, RestoreRecord } from './restore-record.ts';
import { stateOf } from './restore-state.ts';
import { inServers } from './server-data.ts';
import { serversOf, startWhatStarts, stopWhatStops } from './service-steps.ts';

interface GivingUp {
  readonly givesUp?: boolean | undefined;
  /** How long a server may take to come up. */
  readonly withinMs?: number;
}

/**
 * Settles what a dead job left, from its journal and the disk: before the first swap it clears the staging,
 * before `swapped` it goes back, newest first, after it forward through the gate, and back where that fails.
 * Past what nothing takes back it only goes on.
 * May itself be killed and repeated. `givesUp`: without the servers that do not answer.
 */
export async function recoverJournal(
  journalPath: string,
  context: RestoreContext,
  work: Work,
  { givesUp = false, withinMs }: GivingUp = {},
): Promise<RestoreResult> {
  await using journal = await reopenJournal(journalPath, RestoreRecord);
  if (journal.records.length === 0) return await forget(journalPath);
  const run: RestoreRun = { journal, context, work, notes: [] };
  const state = stateOf(journal);
  if (state.ended) return nothingToDo(['it was settled before']);
  await startServers(run);
  if (givesUp) await noteLostServers(run, withinMs);
  const result = await settle(run);
  const { givenUp } = stateOf(journal);
  return givenUp === undefined ? result : await wordGivenUp(run, result, givenUp);
}

async function settle(run: RestoreRun): Promise<RestoreResult> {
  const state = stateOf(run.journal);
  if (state.back !== undefined) return await backTo(run, 'it was interrupted');
  if (state.swapped || (await isPastReturn(state))) return await goForward(run);
  return await backTo(run, 'it was interrupted');
}

/** What is in a server is put right by that server. */
async function startServers(run: RestoreRun): Promise<void> {
  const { context, work, journal, notes } = run;
  const servers = inServers(stateOf(journal).begin.sources).map(({ restore }) => restore.server);
  notes.push(...(await startWhatStarts(context, serversOf(servers, context), work)));
}

async function goForward(run: RestoreRun): Promise<RestoreResult> {
  try {
    const { started, swapped } = stateOf(run.journal);
    if (!swapped) await exchangeTheRest(run);
    if (started === undefined) {
      await putConfiguration(run);
      await lowerGuard(run);
      await passGate(run, () => downSince(run));
    }
  } catch (error) {
    const { begin, onward, givenUp } = stateOf(run.journal);
    // Its configuration may be in force already, or a server has what was restored: tried again, not taken back.
    if (begin.recover !== undefined || givenUp !== undefined) throw error;
    if (onward !== undefined) throw unfinished(run, 'it was interrupted', error);
    return await backTo(run, wordFailure(failureOf(error)).message);
  }
  return await finish(run, 'recovered');
}

/** From what was unpacked, all of it once more. */
async function exchangeTheRest(run: RestoreRun): Promise<void> {
  const { context, work, journal } = run;
  work.progress('exchange the data', 0, 0, false);
  await stopWhatStops(context, stateOf(journal).services, work);
  await swapOnward(run);
}

async function backTo(run: RestoreRun, why: string): Promise<RestoreResult> {
  const exchanged = stateOf(run.journal).swaps.length > 0;
  await goBack(run, why);
  const notes = [...run.notes, why];
  if (!exchanged) return nothingToDo([...notes, 'nothing had been exchanged; staging is removed']);
  return { outcome: 'rolled back', downtimeMs: downSince(run), notes };
}

/** Since the dead process stopped the first service; right as long as nobody set the clock since. */
function downSince({ journal }: RestoreRun): number {
  const { stoppingAtMs } = stateOf(journal);
  return stoppingAtMs === undefined ? 0 : Math.max(0, Date.now() - stoppingAtMs);
}

/** It died before its first record was whole, and so before it did anything. */
async function forget(journalPath: string): Promise<RestoreResult> {
  await removeFile(journalPath);
  return nothingToDo(['it had not begun']);
}

function nothingToDo(notes: readonly string[]): RestoreResult {
  return { outcome: 'nothing to do', downtimeMs: 0, notes };
}

/** Paths of the journals that do not end with `end`, oldest job first. */
export function findUnfinishedJournals(stateFolder: string): readonly string[] {
  const folder = journalFolder(stateFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+\.jsonl$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => join(folder, name))
    .filter((path) => !isEnded(path));
}

/** Jobs whose journals do not end. */
export function journaledJobs(stateFolder: string): readonly number[] {
  return findUnfinishedJournals(stateFolder).map((path) => Number.parseInt(basename(path), 10));
}

/** Undos that a run which is not settled takes back, or makes: its recovery needs what they keep. */
export function undosOfJournals(stateFolder: string): ReadonlySet<string> {
  const begun = findUnfinishedJournals(stateFolder).flatMap((path) => beginOf(path) ?? []);
  return new Set(begun.flatMap(({ undoId, usesUndo = undoId }) => [undoId, usesUndo]));
}

/** Undefined: it died before that was whole, or it can't be read. */
function beginOf(path: string): Begin | undefined {
  const [first = ''] = readFileSync(path, 'utf8').split('\n', 1);
  try {
    const record = RestoreRecord.parse(JSON.parse(first));
    return record.kind === 'begin' ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Whole lines only: a torn `end` is none. What can't be read is for its recovery to say, and no reason to stop others. */
function isEnded(path: string): boolean {
  const last = readFileSync(path, 'utf8').split('\n').at(-2);
  if (last === undefined) return false;
  try {
    return RestoreRecord.parse(JSON.parse(last)).kind === 'end';
  } catch {
    return false;
  }
}

export function journalFolder(stateFolder: string): string {
  return join(stateFolder, 'journal');
}
