import { fstatSync } from 'node:fs';
import type { Gap } from '../../../protocol/domain/backup.ts';
import type { BlockPool } from '../../archive/block-pool.ts';
import { wordBytes } from '../../os/word-bytes.ts';
import type { Work } from '../../os/work.ts';
import type { Capture, CapturedMember } from '../source.ts';
import { type Reading, smallFileBytes } from '../tree/read-file.ts';
import { readProblem } from '../tree/read-problem.ts';
import { databaseHeader } from './database-header.ts';
import { readSnapshot } from './read-snapshot.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The database as a snapshot shows it, read when the member is asked for. Checkpoints wait until then, so
 * the snapshot is let go as soon as it is read.
 */
export async function captureSnapshot(
  name: string,
  path: string,
  snapshot: Snapshot,
  work: Work,
): Promise<Capture> {
  const gaps: Gap[] = [];
  const heldSince = performance.now();
  const letGo = once(() => {
    const seconds = ((performance.now() - heldSince) / 1000).toFixed(1);
    const wal = wordBytes(fstatSync(snapshot.wal).size);
    snapshot[Symbol.dispose]();
    work.log('info', `source "${name}": one state was held for ${seconds} s; its -wal has ${wal}`);
  });
  async function* content(lent?: BlockPool): AsyncGenerator<Uint8Array> {
    const reading: Reading = { short: false };
    try {
      for await (const block of readSnapshot(snapshot, reading, lent)) {
        work.signal.throwIfAborted();
        yield block;
      }
    } finally {
      letGo();
    }
    if (reading.short) gaps.push(gapOf(name, reading));
  }
  const { sizeBytes, pageSize } = snapshot;
  const live = fstatSync(snapshot.main, { bigint: true });
  const found = databaseHeader(name, path, live, sizeBytes, work.signal);
  const { header, notes } = await found.catch((error: unknown) => {
    letGo();
    throw error;
  });
  for (const note of notes) work.log('warning', `source "${name}": ${note}`);
  const member: CapturedMember = {
    header,
    content: sizeBytes < smallFileBytes ? await gather(content()) : content,
    pageSize,
  };
  return {
    gaps,
    notes,
    async *members() {
      yield member;
    },
    async [Symbol.asyncDispose]() {
      letGo();
    },
  };
}

function gapOf(source: string, { error }: Reading): Gap {
  const reason =
    error === undefined ? 'its file was cut short while it was read' : readProblem(error);
  return { kind: 'source', source, path: '', reason: `${reason}; what is missing is zeros` };
}

async function gather(blocks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const block of blocks) parts.push(Buffer.from(block));
  return Buffer.concat(parts);
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
