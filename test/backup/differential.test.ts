import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { takeBackup } from '../../agent/backup/run-backup.ts';
import { runVerify } from '../../agent/backup/run-verify.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { codeOf, signal } from '../support/archives.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { sha256Of } from '../support/transfer-fixture.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

/** A clinic whose database is large enough for deltas, with its full. */
async function clinicWithFull(): Promise<{ clinic: SmallClinic; full: Backup }> {
  const clinic = await makeSmallClinic();
  rmSync(clinic.database);
  makeBusyDatabase(clinic.database, 'wal', 4);
  const { backup: full } = await take(clinic, {});
  return { clinic, full };
}

let taken = 0;
function take(clinic: SmallClinic, change: Partial<SmallClinic['order']>, work = recordedWork()) {
  taken += 1;
  const own = { backupId: `backup-${taken}`, nowMs: clinic.order.nowMs + taken * 1000 };
  const order = { ...clinic.order, ...own, ...change };
  return takeBackup(order, clinic.config, work, noServices);
}

const against = ({ id, path }: Backup) => ({ differential: { base: { id, path } } });

/** Name and content hash of all files. */
async function contentOf(path: string): Promise<ReadonlyMap<string, string>> {
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, []));
  const found = new Map<string, string>();
  for await (const member of chain.members()) {
    const sum = createHash('sha256');
    if (member.kind !== 'file') continue;
    for await (const part of chain.content(member, signal)) sum.update(part);
    found.set(member.name.toString(), sum.digest('hex'));
  }
  return found;
}

function addRow(clinic: SmallClinic): void {
  const database = new Database(clinic.database);
  database.exec("create table if not exists notes (text text); insert into notes values ('new')");
  database.close();
}

test('a differential holds what changed since its full, is named so, and gives back what a full would', async () => {
  const { clinic, full } = await clinicWithFull();
  addRow(clinic);
  writeFileSync(join(clinic.uploads, 'new.txt'), 'new');
  rmSync(join(clinic.uploads, 'letter.txt'));
  const { backup, note } = await take(clinic, against(full));
  const { backup: reference } = await take(clinic, {});
  expect(note).toBeUndefined();
  expect(backup).toMatchObject({
    kind: 'differential',
    base: full.id,
    contentBytes: reference.contentBytes,
    sources: reference.sources,
  });
  expect(backup.path).toMatch(/clinic_.*_diff\.tar\.zst$/);
  expect(backup.sizeBytes).toBeLessThan(full.sizeBytes / 10);
  expect(await contentOf(backup.path)).toEqual(await contentOf(reference.path));
  expect(await runVerify(backup.path, recordedWork())).toMatchObject({
    backup: backup.id,
    integrity: 'ok',
    sha256: sha256Of(backup.path),
  });
});

test.for([
  ['gone', (path: string) => rmSync(path), /no such file/],
  ['cut', (path: string) => truncateSync(path, 40_000), /its end is missing/],
  ['no archive', (path: string) => writeFileSync(path, 'what is this'), /not a Kedge archive/],
] as const)('where the full is %s, a full is taken that says why', async ([, harm, why]) => {
  const { clinic, full } = await clinicWithFull();
  harm(full.path);
  const work = recordedWork();
  const { backup, note } = await take(clinic, against(full), work);
  expect(backup.kind).toBe('full');
  expect(note).toMatch(why);
  expect(note).toContain(full.path);
  expect(work.logged).toContain(`warning: ${note}`);
  expect((await runVerify(backup.path, recordedWork())).integrity).toBe('ok');
});

test('where damage of the full shows only while the differential is written, a full is taken', async () => {
  const { clinic, full } = await clinicWithFull();
  const bytes = readFileSync(full.path);
  // In the first frame of the database.
  bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
  writeFileSync(full.path, bytes);
  addRow(clinic);
  const before = clinic.stored().length;
  const { backup, note } = await take(clinic, against(full));
  expect(backup.kind).toBe('full');
  expect(note).toMatch(/instead of a differential: .*frame \d+ at byte \d+ has changed/);
  expect(clinic.stored().length).toBe(before + 1);
});

test('a differential may lie elsewhere than its full, which is then looked for in the stores', async () => {
  const { clinic, full } = await clinicWithFull();
  const folder = temporaryFolder();
  const { backup } = await take(clinic, {
    ...against(full),
    destination: { kind: 'folder', folder },
  });
  expect(await runVerify(backup.path, recordedWork(), [clinic.store])).toMatchObject({
    integrity: 'ok',
  });
  const refused = await runVerify(backup.path, recordedWork()).catch(codeOf);
  expect(refused).toBe('base-missing');
});

test('a file is read again when only its times changed, and found to be the same', async () => {
  const { clinic, full } = await clinicWithFull();
  const scan = join(clinic.uploads, 'scans', 'hand.tif');
  // Another inode and ctime, the same content; and one that is appended to.
  copyFileSync(scan, `${scan}.new`);
  renameSync(`${scan}.new`, scan);
  mkdirSync(join(clinic.uploads, 'empty'));
  appendFileSync(join(clinic.uploads, 'letter.txt'), ' and goodbye');
  const { backup } = await take(clinic, against(full));
  const { backup: reference } = await take(clinic, {});
  expect(await contentOf(backup.path)).toEqual(await contentOf(reference.path));
  expect(backup.sizeBytes).toBeLessThan(20_000);
  expect(readdirSync(clinic.store).some((name) => name.includes('partial'))).toBe(false);
});
