import { join } from 'node:path';
import type { RestoreResult } from '../../protocol/domain/restore.ts';
import { removeFile, removeTree } from '../os/files.ts';
import type { KeptSource } from '../sources/kept-order.ts';
import { leftOutBy } from '../sources/tree/left-out.ts';
import { walk } from '../sources/tree/walk.ts';
import type { RestoreRun } from './exchange.ts';
import { writeLease } from './lease.ts';
import { removePlace } from './places.ts';
import type { SourceExchange } from './restore-record.ts';
import { type RestoreState, stateOf } from './restore-state.ts';
import { isGivenUp, keptBytes, keptPaths, removeKept } from './server-data.ts';
import { markUndoUsed, type UndoRecord, writeUndo } from './undo-records.ts';

/** After the gate: records the undo, uses up the one that was taken back, clears the staging. May be repeated. */
export async function finish(
  run: RestoreRun,
  through: RestoreResult['outcome'],
): Promise<RestoreResult> {
  const { journal, context, notes } = run;
  const state = stateOf(journal);
  const { begin } = state;
  // Where a machine was empty there is nothing to go back to.
  const isUndoable = begin.recover?.replace !== false && begin.withoutUndo !== true;
  const { downtimeMs = 0, down = [] } = state.started ?? {};
  const outcome = down.length === 0 || state.givenUp !== undefined ? through : 'degraded';
  if (isUndoable) await writeUndo(context.stateFolder, await undoOf(state));
  if (begin.withoutUndo === true || state.givenUp !== undefined) notes.push(...down);
  if (begin.withoutUndo === true) notes.push(...(await holdSafety(state, context.stateFolder)));
  if (begin.usesUndo !== undefined) await markUndoUsed(context.stateFolder, begin.usesUndo);
  if (isUndoable) await removeStaging(state);
  else await forgetOld(state);
  await journal.append({ kind: 'end', outcome });
  return {
    outcome,
    ...(begin.backup === undefined ? {} : { backup: begin.backup }),
    ...(isUndoable ? { undo: begin.undoId, undoExpiresAtMs: begin.undoExpiresAtMs } : {}),
    downtimeMs,
    notes,
  };
}

/** In the place of the undo it holds the safety backup, for as long; answers the way back, in words. */
async function holdSafety(
  { begin }: RestoreState,
  stateFolder: string,
): Promise<readonly string[]> {
  const { undoId: undo, job, safety, atMs, undoExpiresAtMs: untilMs } = begin;
  const none = 'no undo was kept, as it was agreed';
  if (safety === undefined) return [`${none}: nothing brings back what was live before`];
  await writeLease(stateFolder, { undo, job, safety, atMs, untilMs });
  const restore = `kedge restore run ${safety.slice(0, 8)}`;
  return [`${none}: to go back, restore the safety backup (${restore})`];
}

/** Nothing was exchanged, or all of it is back: removes all that the job made, staging and undo. */
export async function removePlaces({ begin }: RestoreState): Promise<void> {
  for (const place of begin.places) {
    // A crash while it was tried whether it can be renamed leaves that beside it.
    await removeFile(`${place}.probe`);
    await removePlace(place);
  }
}

async function removeStaging({ begin }: RestoreState): Promise<void> {
  for (const place of begin.places) {
    if (place === begin.staging) await removePlace(place);
    else for (const { source } of begin.sources) await removeTree(join(place, source, 'new'));
  }
}

async function undoOf(state: RestoreState): Promise<UndoRecord> {
  const { begin } = state;
  const sources = begin.sources.map((source) => keptOf(source, state.kept));
  return {
    id: begin.undoId,
    job: begin.job,
    createdAtMs: begin.atMs,
    expiresAtMs: begin.undoExpiresAtMs,
    bytes: keptPaths(sources).reduce(
      (sum, path) => sum + bytesBelow(path),
      await keptBytes(inReach(state, sources)),
    ),
    ...(begin.backup === undefined ? {} : { backup: begin.backup }),
    title: begin.title,
    ...(begin.isWhole === true ? { isWhole: begin.isWhole } : {}),
    ...(begin.safety === undefined ? {} : { safety: begin.safety }),
    state: 'ready',
    sources,
    places: begin.places.filter((place) => place !== begin.staging),
  };
}

/** Nothing of what was live is kept. */
async function forgetOld(state: RestoreState): Promise<void> {
  await removePlaces(state);
  const sources = state.begin.sources.map((source) => keptOf(source, state.kept));
  await removeKept(inReach(state, sources));
}

/** Without what is in servers that were given up. */
function inReach(state: RestoreState, sources: readonly KeptSource[]): readonly KeptSource[] {
  return sources.map((source) => ({
    ...source,
    items: source.items.filter((item) => !isGivenUp(state, item)),
  }));
}

function keptOf({ source, engine, items }: SourceExchange, kept: RestoreState['kept']) {
  return {
    source,
    engine,
    items: items.map(({ live, outgoing, server, leaveOut, only, tables }) => ({
      live,
      ...(server === undefined ? {} : { server }),
      ...(kept[live] === true ? { kept: outgoing } : {}),
      ...(leaveOut === undefined ? {} : { leaveOut }),
      ...(only === undefined ? {} : { lists: only.lists }),
      ...(tables === undefined ? {} : { tables }),
    })),
  };
}

function bytesBelow(path: string): number {
  let bytes = 0;
  for (const found of walk(Buffer.from(path), leftOutBy([]))) {
    if (found.kind === 'entry' && found.stat.isFile()) bytes += Number(found.stat.size);
  }
  return bytes;
}
