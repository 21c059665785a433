import { basename, join } from 'node:path';
import type { RestoreResult } from '../../protocol/domain/restore.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { exists } from '../os/files.ts';
import { wordBytes } from '../os/word-bytes.ts';
import type { Work } from '../os/work.ts';
import { keptName } from '../sources/kept-kinds.ts';
import type { ExchangeItem } from '../sources/restore-kind.ts';
import { beginRun } from './begin-run.ts';
import { exchange } from './exchange.ts';
import { finish } from './finish.ts';
import { choosePlaces, type Places } from './places.ts';
import type { RestoreContext } from './restore-context.ts';
import type { SourceExchange } from './restore-record.ts';
import { goneFromServers, keptPaths } from './server-data.ts';
import { settleFailure } from './settle.ts';
import { undoSpace } from './undo-preview.ts';
import type { UndoRecord } from './undo-records.ts';
import { whyUnsettled } from './unsettled.ts';

/** Brings back what was live before a restore. What is live now becomes an undo of its own. */
export async function runUndo(
  order: { readonly undo: UndoRecord; readonly newUndoId: string; readonly nowMs: number },
  context: RestoreContext,
  work: Work,
): Promise<RestoreResult> {
  const { undo } = order;
  const unsettled = await whyUnsettled(context.stateFolder);
  const what = undoneTitle(undo.title);
  if (unsettled !== undefined) throw new KedgeError('unavailable', { what, why: unsettled });
  await refuseGone(undo);
  await refuseWithoutRoom(undo);
  const places = await choosePlaces(livePaths(undo), work.job);
  const run = await beginRun(
    {
      what: 'undo',
      title: what,
      ...(undo.backup === undefined ? {} : { backup: undo.backup }),
      undoId: order.newUndoId,
      usesUndo: undo.id,
      nowMs: order.nowMs,
      places,
      sources: undo.sources.map((source) => exchangeOf(source, places, order.nowMs)),
    },
    context,
    work,
  );
  await using _journal = run.journal;
  try {
    await exchange(run);
  } catch (error) {
    return await settleFailure(run, error);
  }
  return await finish(run, 'undone');
}

/** What is taken back and forth keeps one name. */
function undoneTitle(title: string): string {
  const [before, of] = ['Undo of: ', title];
  return of.startsWith(before)
    ? `${of.slice(before.length)}, again`
    : before + of.replace(/, again$/, '');
}

async function refuseGone(undo: UndoRecord): Promise<void> {
  const gone = (why: string) => new KedgeError('undo-gone', { undo: undo.id, why });
  if (undo.state === 'used') throw gone('it was used before');
  if (undo.state === 'gone') throw gone('its data was removed');
  const lists = undo.sources.flatMap(({ items }) => items.flatMap((item) => item.lists ?? []));
  for (const path of [...keptPaths(undo.sources), ...lists]) {
    if (!(await exists(path))) throw gone(`"${path}" was removed`);
  }
  const [database] = await goneFromServers(undo.sources);
  if (database !== undefined) throw gone(`the database "${database}" was removed`);
}

/** Half-way it could go neither back nor forward. */
async function refuseWithoutRoom(undo: UndoRecord): Promise<void> {
  for (const { path, neededBytes, freeBytes } of await undoSpace(undo)) {
    if (neededBytes <= freeBytes) continue;
    const [needed, free] = [wordBytes(neededBytes), wordBytes(freeBytes)];
    throw new KedgeError('no-space', { path, needed, free });
  }
}

const livePaths = ({ sources }: UndoRecord): readonly string[] =>
  sources.flatMap(({ items }) =>
    items.flatMap(({ live, server }) => (server === undefined ? [live] : [])),
  );

function exchangeOf(
  { source, engine, items }: UndoRecord['sources'][number],
  places: Places,
  nowMs: number,
): SourceExchange {
  return {
    source,
    engine,
    items: items.map(
      ({ live, kept, server, leaveOut, lists, tables }): ExchangeItem => ({
        live,
        ...(kept === undefined ? {} : { incoming: kept }),
        ...(server === undefined
          ? { outgoing: join(places.of(live), source, 'old', basename(live)) }
          : { server, outgoing: keptName(engine, server, nowMs) }),
        ...(leaveOut === undefined ? {} : { leaveOut }),
        ...(tables === undefined ? {} : { tables }),
        ...(lists === undefined
          ? {}
          : { only: { lists: listsIn(places, source, live), of: lists, whole: [] } }),
      }),
    ),
  };
}

const listsIn = (places: Places, source: string, live: string): string =>
  join(places.of(live), source, 'moves', basename(live));
