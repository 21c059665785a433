import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileOutput } from '../../../agent/archive/archive-output.ts';
import { openArchiveWriter } from '../../../agent/archive/archive-writer.ts';
import { createFile } from '../../../agent/os/files.ts';
import { fileMember, identity, signal } from '../../support/archives.ts';

const hourNs = 3_600_000_000_000n;

/** Writes `count` small archives, an hour apart, into a store. */
export async function makeSmallArchives(store: string, count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const path = join(store, `bench_${String(number).padStart(6, '0')}_full.tar.zst`);
    await using file = await createFile(path);
    const own = {
      ...identity,
      backupId: randomUUID(),
      application: { id: 'bench', name: 'Bench Clinic' },
      capturedAtNs: identity.capturedAtNs - BigInt(number) * hourNs,
    };
    await using writer = await openArchiveWriter(fileOutput(file, path), path, own, signal);
    await writer.add(fileMember('uploads/letter.txt', `Letter ${number}\n`), () => undefined);
    await writer.finish({ outcome: 'complete', gaps: [] });
  }
}
