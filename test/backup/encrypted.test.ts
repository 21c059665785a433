import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, copyFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Lock } from '../../agent/archive/age/lock.ts';
import { openArchiveFile } from '../../agent/archive/open-archive-file.ts';
import type { BackupOrder } from '../../agent/backup/backup-order.ts';
import { runConsolidate } from '../../agent/backup/consolidate.ts';
import { describeArchive } from '../../agent/backup/describe-archive.ts';
import { openOutput } from '../../agent/backup/open-output.ts';
import { takeBackup } from '../../agent/backup/run-backup.ts';
import { runVerify } from '../../agent/backup/run-verify.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import { setFaultHook } from '../../agent/os/faults.ts';
import type { Keys } from '../../agent/os/work.ts';
import { putInFolder } from '../../agent/stores/local/put.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { bothKeys, recoveryKey, serverKey, strangersKey } from '../support/age-files.ts';
import { codeOf, signal } from '../support/archives.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

const keys: Keys = { identities: [serverKey.secret] };
const workWith = (given: Keys = keys) => ({ ...recordedWork(), keys: given });
const locked = { lock: bothKeys, verifyAtOnce: false };

let taken = 0;
function take(clinic: SmallClinic, change: Partial<BackupOrder> = {}, work = workWith()) {
  taken += 1;
  const order = { ...clinic.order, backupId: `backup-${taken}`, locked, ...change };
  return takeBackup(order, clinic.config, work, noServices);
}

const against = ({ id, path }: Backup) => ({ differential: { base: { id, path } } });

async function clinicWithFull(): Promise<{ clinic: SmallClinic; full: Backup }> {
  const clinic = await makeSmallClinic();
  rmSync(clinic.database);
  makeBusyDatabase(clinic.database, 'wal', 3);
  return { clinic, full: (await take(clinic)).backup };
}

test('encrypted backups of one moment get different names, and tell what they are to who has a key', async () => {
  const { clinic, full } = await clinicWithFull();
  const second = (await take(clinic)).backup;
  expect(basename(full.path)).toBe('clinic_2026-11-21T02-00-00+0330_full.tar.zst.age');
  expect(basename(second.path)).toBe('clinic_2026-11-21T02-00-00+0330_full-2.tar.zst.age');
  const { sha256: _, ...described } = second;
  expect(await describeArchive(second.path, 'main', keys)).toEqual(described);
  expect(await describeArchive(second.path, 'main').catch(codeOf)).toBe('key-missing');
  const named = (await take(clinic, { name: 'before the update.tar.zst' })).backup;
  expect(basename(named.path)).toBe('before the update.tar.zst.age');
});

test('verify reads every byte of an encrypted archive, and answers the hash of its file', async () => {
  const { full } = await clinicWithFull();
  for (const { secret } of [serverKey, recoveryKey]) {
    const result = await runVerify(full.path, workWith({ identities: [secret] }));
    expect(result).toMatchObject({ integrity: 'ok', sha256: full.sha256 });
  }
});

test('a differential and its full may be locked differently', async () => {
  const { clinic, full } = await clinicWithFull();
  writeFileSync(join(clinic.uploads, 'new.txt'), 'new');
  const lock: Lock = { kind: 'recipients', recipients: [strangersKey.recipient] };
  const order = { ...against(full), locked: { lock, verifyAtOnce: true } };
  const { backup } = await take(clinic, order);
  expect(backup).toMatchObject({
    kind: 'differential',
    proof: { kind: 'verified' },
    integrity: 'ok',
  });
  const both = { identities: [serverKey.secret, strangersKey.secret] };
  expect((await runVerify(backup.path, workWith(both))).integrity).toBe('ok');
  const one = runVerify(backup.path, workWith({ identities: [strangersKey.secret] }));
  expect(await one.catch(codeOf)).toBe('base-missing');
});

/** Name and content hash of all files. */
async function contentOf(path: string): Promise<ReadonlyMap<string, string>> {
  const opening = { identities: [recoveryKey.secret] };
  await using reader = await openArchiveFile(path, opening);
  await using chain = await openChain(reader, findBaseIn(path, [], opening));
  const found = new Map<string, string>();
  for await (const member of chain.members()) {
    if (member.kind !== 'file') continue;
    expect(member.deltas).toBeUndefined();
    const sum = createHash('sha256');
    for await (const part of chain.content(member, signal)) sum.update(part);
    found.set(member.name.toString(), sum.digest('hex'));
  }
  return found;
}

test('where only the index of the full is here, a differential has what changed as whole files', async () => {
  const clinic = await makeSmallClinic();
  writeFileSync(join(clinic.uploads, 'large'), randomBytes(3_000_000));
  writeFileSync(join(clinic.uploads, 'large, changes'), randomBytes(3_000_000));
  const indexFolder = join(temporaryFolder(), 'indexes');
  const lock: Lock = { kind: 'recipients', recipients: [recoveryKey.recipient] };
  // A minute from now: what was written just before is known to be as it was.
  const nowMs = Date.now() + 60_000;
  const closed = { locked: { lock, verifyAtOnce: true }, indexFolder, nowMs };
  const none = () => workWith({ identities: [] });
  const full = (await take(clinic, closed, none())).backup;
  appendFileSync(join(clinic.uploads, 'large, changes'), 'and more');
  writeFileSync(join(clinic.uploads, 'new.txt'), 'new');
  rmSync(join(clinic.uploads, 'letter.txt'));
  const { backup, note } = await take(clinic, { ...closed, ...against(full) }, none());
  expect(note).toBeUndefined();
  expect(backup).toMatchObject({ kind: 'differential', integrity: 'ok', base: full.id });
  expect(backup.sizeBytes).toBeLessThan(full.sizeBytes - 2_900_000);
  const reference = (await take(clinic, closed, none())).backup;
  expect(await contentOf(backup.path)).toEqual(await contentOf(reference.path));
  expect(statSync(join(indexFolder, `${full.id}.index`)).blocks * 512).toBeLessThan(100_000);

  copyFileSync(backup.path, full.path);
  const instead = await take(clinic, { ...closed, ...against(full) }, none());
  expect(instead.backup.kind).toBe('full');
}, 60_000);

test('a differential whose full no key here opens becomes a full that says why', async () => {
  const { clinic, full } = await clinicWithFull();
  const { backup, note } = await take(clinic, against(full), workWith({ identities: [] }));
  expect(backup.kind).toBe('full');
  expect(note).toMatch(/is encrypted, and there is no key here/);
});

test('a full made of an encrypted differential is encrypted too, and sound', async () => {
  const { clinic, full } = await clinicWithFull();
  writeFileSync(join(clinic.uploads, 'new.txt'), 'new');
  const diff = (await take(clinic, against(full))).backup;
  const order = {
    path: diff.path,
    backupId: 'made-1',
    destination: { kind: 'store', store: 'main' },
    locked,
  } as const;
  const made = await runConsolidate(order, clinic.config, workWith());
  expect(made).toMatchObject({ encryption: 'keys', contentBytes: diff.contentBytes });
  expect((await runVerify(made.path, workWith())).integrity).toBe('ok');
});

test('nothing in the clear waits beside an archive that is encrypted', async () => {
  const clinic = await makeSmallClinic();
  for (let n = 0; n < 6_000; n++) writeFileSync(join(clinic.uploads, `${n}`), 'small');
  const work = workWith();
  const created: string[] = [];
  setFaultHook(({ name, path }) => {
    if (name === 'create') created.push(path);
  });
  try {
    await take(clinic, {}, work);
  } finally {
    setFaultHook(undefined);
  }
  const beside = created.filter((path) => path.startsWith(clinic.store));
  expect(beside).toEqual([expect.stringMatching(/\.partial$/)]);
  expect(created.filter((path) => path.startsWith(join(work.scratch, 'spool')))).not.toEqual([]);
}, 60_000);

test('what was just written opens by the key of its making alone, and nothing else does', async () => {
  await using pending = await putInFolder(temporaryFolder(), 'a');
  const open = await openOutput(pending, bothKeys, workWith());
  expect(open.keys.identities).toEqual([]);
  expect(open.keys.fileKey?.length).toBe(16);
});
