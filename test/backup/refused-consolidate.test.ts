import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { runConsolidate } from '../../agent/backup/consolidate.ts';
import { takeBackup } from '../../agent/backup/run-backup.ts';
import { holdsTheSame } from '../../agent/backup/same-members.ts';
import { openChain } from '../../agent/chain/chain.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { codeOf, fileMember, writeArchive } from '../support/archives.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { against, consolidate, inDatabase } from '../support/consolidated-clinic.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

let taken = 0;

function take(clinic: SmallClinic, change: Partial<SmallClinic['order']> = {}) {
  taken += 1;
  const own = { backupId: `backup-${taken}`, nowMs: clinic.order.nowMs + taken * 60_000 };
  const order = { ...clinic.order, ...own, ...change };
  return takeBackup(order, clinic.config, recordedWork(), noServices);
}

/** A full, and a differential with every sort of change. */
async function clinicWithBoth(): Promise<{ clinic: SmallClinic; full: Backup; diff: Backup }> {
  const clinic = await makeSmallClinic();
  rmSync(clinic.database);
  makeBusyDatabase(clinic.database, 'wal', 4);
  const at = (name: string) => Buffer.from(join(clinic.uploads, name), 'latin1');
  writeFileSync(at('raw \xff\xfe.txt'), 'raw name');
  writeFileSync(at('will be gone'), 'gone');
  writeFileSync(at('big.bin'), Buffer.alloc(3_000_000, 'big and slow '));
  linkSync(at('letter.txt'), at('a second name'));
  symlinkSync('letter.txt', at('pointer'));
  const full = (await take(clinic, { origin: 'schedule', schedule: 'nightly' })).backup;
  inDatabase(clinic.database, "create table notes (text); insert into notes values ('new')");
  rmSync(at('will be gone'));
  appendFileSync(at('letter.txt'), ' and goodbye');
  appendFileSync(at('big.bin'), 'its end');
  mkdirSync(at('later'));
  writeFileSync(at('later/new \xe9\n.txt'), 'new');
  linkSync(at('later/new \xe9\n.txt'), at('0 link to new'));
  const order = { ...against(full), origin: 'schedule', schedule: 'nightly' } as const;
  const diff = (await take(clinic, order)).backup;
  expect(diff.kind).toBe('differential');
  return { clinic, full, diff };
}

test('a full is refused, as it stands alone already', async () => {
  const { clinic, full } = await clinicWithBoth();
  const refusal = consolidate(clinic, full.path);
  await expect(refusal).rejects.toThrow(`"${full.path}" is a full: it stands alone already`);
});

test.for([
  ['gone', (path: string) => renameSync(path, join(temporaryFolder(), 'away.tar.zst'))],
  ['cut', (path: string) => truncateSync(path, 40_000)],
] as const)(
  'where the full is %s it is refused by name before anything is written',
  async ([, harm]) => {
    const { clinic, full, diff } = await clinicWithBoth();
    harm(full.path);
    const stored = clinic.stored();
    const work = recordedWork();
    const error = await consolidate(clinic, diff.path, work).catch((caught: unknown) => caught);
    expect(codeOf(error)).toBe('base-missing');
    expect(String(error)).toContain(basename(full.path));
    expect(clinic.stored()).toEqual(stored);
    expect(work.steps).toEqual([]);
  },
);

test('damage of the full that shows only while it is read is base-missing, and leaves nothing', async () => {
  const { clinic, full, diff } = await clinicWithBoth();
  const bytes = readFileSync(full.path);
  bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
  writeFileSync(full.path, bytes);
  const stored = clinic.stored();
  expect(await consolidate(clinic, diff.path).catch(codeOf)).toBe('base-missing');
  expect(clinic.stored()).toEqual(stored);
});

test('what is not what the indexes promised is refused', async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  await writeArchive(at('promised'), [
    fileMember('uploads/a', 'one'),
    fileMember('uploads/b', 'b'),
  ]);
  await writeArchive(at('other'), [fileMember('uploads/a', 'two'), fileMember('uploads/b', 'b')]);
  await writeArchive(at('less'), [fileMember('uploads/a', 'one')]);
  const compare = async (made: string, promised: string) => {
    await using file = await openFileReader(at(made));
    await using reader = await openFileReader(at(promised));
    await using chain = await openChain(reader, async () => undefined);
    return await holdsTheSame(await openArchive(file), chain).then(() => 'same', codeOf);
  };
  expect(await compare('promised', 'promised')).toBe('same');
  expect(await compare('other', 'promised')).toBe('archive-damaged');
  expect(await compare('less', 'promised')).toBe('archive-damaged');
  expect(await compare('promised', 'less')).toBe('archive-damaged');
});

test('a cancel leaves nothing', async () => {
  const { clinic, diff } = await clinicWithBoth();
  const stored = clinic.stored();
  const work = recordedWork((step, done) => {
    if (step === 'consolidate' && done > 1_000_000) work.cancel();
  });
  await expect(consolidate(clinic, diff.path, work)).rejects.toThrow(/aborted/);
  expect(work.steps).toContain('consolidate');
  expect(clinic.stored()).toEqual(stored);
});

test('it goes where it is told under the name it is given, and not into what it is a backup of', async () => {
  const { clinic, diff } = await clinicWithBoth();
  const run = (folder: string) =>
    runConsolidate(
      {
        path: diff.path,
        backupId: 'made-1',
        destination: { kind: 'folder', folder },
        name: 'to keep',
      },
      clinic.config,
      recordedWork(),
    );
  const folder = temporaryFolder();
  expect((await run(folder)).path).toBe(join(folder, 'to keep.tar.zst'));
  expect((await run(folder)).path).toBe(join(folder, 'to keep-2.tar.zst'));
  expect(await run(clinic.uploads).catch(codeOf)).toBe('store-inside-source');
  expect(await run(join(folder, 'not there')).catch(codeOf)).toBe('io-failed');
});
