import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { Config } from '../config/config.ts';
import type { Work } from '../os/work.ts';
import type { PendingArchive, Store } from '../stores/store.ts';
import { openStore } from '../stores/stores.ts';
import { describeArchive } from './describe-archive.ts';
import { storeFolders } from './destination.ts';
import type { TakenBackup } from './run-backup.ts';
import { runVerify, verifyAlone } from './run-verify.ts';

export interface UploadOrder {
  readonly upload: string;
  readonly store: string;
  /** File name that it gets; with a number where that is taken. */
  readonly name: string;
  readonly sha256: string;
}

/**
 * Makes a backup of what was uploaded: every byte is verified under the hidden name, and only then does it
 * get its own. What is refused is removed, with upload-refused. A differential that came before its full is
 * kept and stays sealed, with a note that names the full: archives may come in any order.
 */
export async function acceptUpload(
  order: UploadOrder,
  config: Config,
  work: Work,
): Promise<TakenBackup> {
  const settings = config.stores[order.store];
  if (settings === undefined) {
    throw new KedgeError('destination-unknown', { store: order.store });
  }
  const store = openStore(order.store, settings);
  await using pending = await store.resume(order.upload);
  if (pending === undefined) {
    const why = 'what was uploaded is not there any more; upload it again';
    throw new KedgeError('unavailable', { what: `"${order.name}"`, why });
  }
  const prove = async (partial: string): Promise<TakenBackup> =>
    await verify(partial, order, storeFolders(config), work).catch((error: unknown) => {
      throw refusal(error, partial, order, store);
    });
  return await nameWhenProven(pending, order.name, prove);
}

async function nameWhenProven(
  pending: PendingArchive,
  name: string,
  prove: (partial: string) => Promise<TakenBackup>,
): Promise<TakenBackup> {
  let proven: TakenBackup | undefined;
  const path = await pending.commit(name, async (partial) => {
    proven = await prove(partial);
  });
  if (proven === undefined) throw new Error(`"${path}" was named before it was verified`);
  return { ...proven, backup: { ...proven.backup, path } };
}

async function verify(
  path: string,
  order: UploadOrder,
  stores: readonly string[],
  work: Work,
): Promise<TakenBackup> {
  const found = await runVerify(path, work, stores).catch(async (error: unknown) => {
    const { code, params } = failureOf(error);
    if (code !== 'base-missing') throw error;
    const note = `it can't be restored yet: it needs the full "${params['base']}", and ${params['why']}`;
    return { sha256: await verifyAlone(path, work), note };
  });
  refuseOther(path, found.sha256, order);
  const { sha256 } = found;
  const backup = { ...(await describeArchive(path, order.store, work.keys)), sha256 };
  if ('note' in found) return { backup, note: found.note };
  const { integrity, integrityProblem: problem } = found;
  const proof = { kind: 'verified', atMs: Date.now() } as const;
  const more = problem === undefined ? {} : { integrityProblem: problem };
  return { backup: { ...backup, proof, integrity, ...more } };
}

function refuseOther(path: string, sha256: string, order: UploadOrder): void {
  if (sha256 === order.sha256) return;
  const problem = `its SHA-256 is ${sha256}, and ${order.sha256} where it came from`;
  throw new KedgeError('archive-damaged', { path, problem });
}

const refusals: ReadonlySet<string> = new Set([
  'archive-damaged',
  'archive-newer',
  'archive-not-ours',
  'key-missing',
  'passphrase-missing',
]);

/** In words of the file that was sent; a disk that can't be read says nothing about it and stays what it is. */
function refusal(error: unknown, partial: string, order: UploadOrder, store: Store): unknown {
  const failure = failureOf(error);
  if (!refusals.has(failure.code)) return error;
  const why = wordFailure(failure).message.replaceAll(partial, order.name);
  const params = { name: order.name, folder: store.folder, why };
  return new KedgeError('upload-refused', params, { cause: error });
}
