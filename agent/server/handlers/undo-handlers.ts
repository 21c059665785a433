import { randomUUID } from 'node:crypto';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import {
  undoList,
  undoPin,
  undoPreview,
  undoRemove,
  undoRun,
} from '../../../protocol/methods/restore.ts';
import { forgetUndo } from '../../restore/forget-undo.ts';
import { inUse, removeUndo, type UndoRecord, writeUndo } from '../../restore/undo-records.ts';
import type { Daemon } from '../daemon.ts';
import { isUndoInUse } from '../keep-house.ts';
import { releaseLeases } from '../release-leases.ts';
import { handle } from './handler.ts';
import { checkConfirmation } from './restore-handlers.ts';

export const undoHandlers = [
  handle(undoList, async (daemon) => ({ undos: await daemon.undos() })),
  handle(undoRun, async (daemon, { undo: id, confirmation }) => {
    const undo = await readyUndo(daemon, id);
    checkConfirmation(daemon, confirmation);
    const job = daemon.jobs.submit({
      kind: 'undo',
      title: `undo of ${undo.title}`,
      command: `kedge undo run ${undo.id.slice(0, 8)}`,
      origin: 'manual',
      order: { kind: 'undo', undo: undo.id, newUndoId: randomUUID() },
    });
    return { job: job.id };
  }),
  handle(undoPreview, async (daemon, { undo: id }) => {
    const undo = await readyUndo(daemon, id);
    const backup = undo.backup === undefined ? undefined : daemon.backups.get(undo.backup);
    const job = daemon.jobs.submit({
      kind: 'plan',
      title: `preview of undoing ${undo.title}`,
      command: `kedge undo show ${undo.id.slice(0, 8)}`,
      origin: 'manual',
      order: {
        kind: 'undo-preview',
        undo: undo.id,
        ...(backup?.presence === 'present' ? { backup } : {}),
      },
    });
    return { job: job.id };
  }),
  handle(undoPin, async (daemon, { undo: id, pinned }) => {
    const { pinned: _before, ...undo } = await undoInPeace(daemon, id);
    if (undo.state === 'used') throw gone(id, 'it was used before');
    if (undo.isRemoved === true) throw gone(id, 'it is being removed');
    const now: UndoRecord = pinned ? { ...undo, pinned } : undo;
    await writeUndo(daemon.places.state, now);
    daemon.log.write('info', `the undo of "${undo.title}" was ${pinned ? 'pinned' : 'unpinned'}`);
    await publish(daemon);
    return { undo: now };
  }),
  handle(undoRemove, async (daemon, { undo: id, confirmation, forget = false }) => {
    const undo = await undoInPeace(daemon, id);
    checkConfirmation(daemon, confirmation);
    const { state } = daemon.places;
    // A server may take its time, and an undo may begin meanwhile.
    const isInUse = (one: string): boolean => isUndoInUse(daemon, one);
    const left = forget
      ? await forgetUndo(state, undo, isInUse)
      : await remove(state, undo, isInUse);
    daemon.log.write('info', `the undo of "${undo.title}" was removed`);
    for (const { name, of, why } of left)
      daemon.log.write('warning', `"${name}" stays behind, beside ${of}: ${why}`);
    await releaseLeases(daemon);
    await publish(daemon);
    return { removed: undo, ...(left.length === 0 ? {} : { left }) };
  }),
];

async function remove(
  stateFolder: string,
  undo: UndoRecord,
  isInUse: (undo: string) => boolean,
): Promise<readonly []> {
  try {
    await removeUndo(stateFolder, undo, { isInUse });
    return [];
  } catch (error) {
    const failure = failureOf(error);
    const isOnDisk = undo.sources.every(({ items }) =>
      items.every(({ server }) => server === undefined),
    );
    if (isOnDisk || failure.code === 'busy') throw error;
    const why = wordFailure(failure).message;
    throw new KedgeError('undo-stays', { undo: undo.id.slice(0, 8), why }, { cause: error });
  }
}

async function find(daemon: Daemon, id: string): Promise<UndoRecord> {
  const [undo, another] = (await daemon.undos()).filter((each) => each.id.startsWith(id));
  if (undo === undefined) throw new KedgeError('not-found', { what: 'undo', id, list: 'undo' });
  if (another === undefined) return undo;
  const problem = 'several undos begin with it; give more of the id';
  throw new KedgeError('bad-argument', { what: `undo "${id}"`, problem });
}

const gone = (undo: string, why: string): KedgeError => new KedgeError('undo-gone', { undo, why });

async function readyUndo(daemon: Daemon, id: string): Promise<UndoRecord> {
  const undo = await find(daemon, id);
  if (undo.state === 'used') throw gone(id, 'it was used before');
  if (undo.state === 'gone') throw gone(id, 'its data was removed');
  if (undo.pinned !== true && undo.expiresAtMs <= daemon.now()) {
    throw gone(id, 'it has expired');
  }
  return undo;
}

/** Not while a job may be writing or using it, or a recovery will. */
async function undoInPeace(daemon: Daemon, id: string): Promise<UndoRecord> {
  const undo = await find(daemon, id);
  if (isUndoInUse(daemon, undo.id)) throw inUse();
  return undo;
}

async function publish(daemon: Daemon): Promise<void> {
  daemon.broadcast.publish({ topic: 'undos', undos: await daemon.undos() });
}
