import type { Backup } from '../../protocol/domain/backup.ts';
import type { VerifyResult } from '../../protocol/domain/job.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { Config } from '../config/config.ts';
import type { Work } from '../os/work.ts';
import type { PendingArchive, Store } from '../stores/store.ts';
import { openStore } from '../stores/stores.ts';
import { describeArchive } from './describe-archive.ts';
import { runVerify } from './run-verify.ts';

export interface UploadOrder {
  readonly upload: string;
  readonly store: string;
  /** File name that it gets; with a number where that is taken. */
  readonly name: string;
  readonly sha256: string;
}

/**
 * Makes a backup of what was uploaded: every byte is verified under the hidden name, and only then does it
 * get its own. What is refused is removed, with upload-refused.
 */
export async function acceptUpload(
  order: UploadOrder,
  config: Config,
  work: Work,
): Promise<Backup> {
  const settings = config.stores[order.store];
  if (settings === undefined) {
    throw new KedgeError('not-found', { what: 'destination', id: order.store, list: 'status' });
  }
  const store = openStore(order.store, settings);
  await using pending = await store.resume(order.upload);
  if (pending === undefined) {
    const why = 'what was uploaded is not there any more; upload it again';
    throw new KedgeError('unavailable', { what: `"${order.name}"`, why });
  }
  return await nameWhenVerified(pending, order, store, work);
}

async function nameWhenVerified(
  pending: PendingArchive,
  order: UploadOrder,
  store: Store,
  work: Work,
): Promise<Backup> {
  let verified: Backup | undefined;
  const path = await pending.commit(order.name, async (partial) => {
    verified = await verify(partial, order, work).catch((error: unknown) => {
      throw refusal(error, partial, order, store);
    });
  });
  if (verified === undefined) throw new Error(`"${path}" was named before it was verified`);
  return { ...verified, path };
}

async function verify(path: string, order: UploadOrder, work: Work): Promise<Backup> {
  const result: VerifyResult = await runVerify(path, work);
  const { integrity, integrityProblem, sha256 } = result;
  if (sha256 !== order.sha256) {
    const problem = `its SHA-256 is ${sha256}, and ${order.sha256} where it came from`;
    throw new KedgeError('archive-damaged', { path, problem });
  }
  return {
    ...(await describeArchive(path, order.store, work.keys)),
    proof: { kind: 'verified', atMs: Date.now() },
    integrity,
    ...(integrityProblem === undefined ? {} : { integrityProblem }),
    sha256,
  };
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
