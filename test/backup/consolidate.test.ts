import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import type { MemberHeader } from '../../agent/archive/member.ts';
import { runConsolidate } from '../../agent/backup/consolidate.ts';
import { takeBackup } from '../../agent/backup/run-backup.ts';
import { runVerify } from '../../agent/backup/run-verify.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import { runExtract } from '../../agent/restore/extract.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { codeOf } from '../support/archives.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { against, consolidate, inDatabase, toMain } from '../support/consolidated-clinic.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { testWith } from '../support/require-tool.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { sha256Of } from '../support/transfer-fixture.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

let taken = 0;

function take(clinic: SmallClinic, change: Partial<SmallClinic['order']> = {}) {
  taken += 1;
  const own = { backupId: `backup-${taken}`, nowMs: clinic.order.nowMs + taken * 60_000 };
  const order = { ...clinic.order, ...own, ...change };
  return takeBackup(order, clinic.config, recordedWork(), noServices);
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

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

/** All that an archive says of its members, place aside, in order. */
async function membersOf(path: string) {
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, []));
  const found: (MemberHeader & { readonly sha256?: string; readonly engine?: string })[] = [];
  for await (const member of chain.members()) {
    const { firstFrame: _f, offset: _o, pagesOffset: _p, pagesSha256: _s, ...more } = member;
    const { deltas: _d, fromBase: _b, old: _old, pageSize: _z, ...rest } = more;
    found.push(rest);
  }
  return found;
}

async function headerOf(path: string) {
  await using reader = await openFileReader(path);
  const archive = await openArchive(reader);
  return { ...archive.header, configuration: await archive.text('.kedge/application.jsonc') };
}

/** By an independent tool: the hash of every file below a folder. */
function sumsBelow(folder: string): string {
  const script = 'find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum';
  return spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'latin1' }).stdout;
}

async function extract(path: string): Promise<string> {
  const folder = join(temporaryFolder(), 'out');
  await runExtract({ path, paths: [], folder }, [], recordedWork());
  return folder;
}

function dumpOf(folder: string): string {
  const path = join(folder, 'database', 'clinic.db');
  return spawnSync('sqlite3', [path, '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
}

testWith('sqlite3', 'sha256sum')(
  'what comes out of a consolidated full, both others deleted, is what came out of the differential',
  async () => {
    const { clinic, full, diff } = await clinicWithBoth();
    const before = await extract(diff.path);
    const members = await membersOf(diff.path);
    const made = await consolidate(clinic, diff.path);
    rmSync(diff.path);
    rmSync(full.path);
    const after = await extract(made.path);
    expect(sumsBelow(after)).toBe(sumsBelow(before));
    expect(sumsBelow(after).split('\n').length).toBeGreaterThan(8);
    expect(dumpOf(after)).toBe(dumpOf(before));
    expect(dumpOf(after)).toContain("INSERT INTO notes VALUES('new')");
    expect(await membersOf(made.path)).toEqual(members);
    expect(await runVerify(made.path, recordedWork())).toMatchObject({
      backup: made.id,
      integrity: 'ok',
      sha256: sha256Of(made.path),
    });
  },
);

test('it is a full of the same moment that says of itself what the differential said', async () => {
  const { clinic, diff } = await clinicWithBoth();
  const work = recordedWork();
  const made = await consolidate(clinic, diff.path, work);
  const { application, applicationVersion, host, installation, origin, schedule } = diff;
  const { capturedAtMs, zone, store, contentBytes, outcome, gaps, sources } = diff;
  const said = { application, applicationVersion, host, installation, origin, schedule };
  const held = { capturedAtMs, zone, store, contentBytes, outcome, gaps };
  expect(made).toMatchObject({ ...said, ...held, id: 'made-1', kind: 'full' });
  expect(made.sources.toSorted(byName)).toEqual(sources.toSorted(byName));
  expect(made.base).toBeUndefined();
  expect(basename(made.path)).toBe(basename(diff.path).replace('_diff', '_full'));
  const { base, removedLines, backupId, kind, memberLines, frameLines, ...then } = await headerOf(
    diff.path,
  );
  const { sources: _order, ...header } = then;
  expect(await headerOf(made.path)).toMatchObject(header);
  expect(work.steps).toEqual(['consolidate', 'seal']);
});

testWith(
  'tar',
  'zstd',
  'sha256sum',
)('GNU tar unpacks it and sha256sum proves every file', async () => {
  const { clinic, diff } = await clinicWithBoth();
  const made = await consolidate(clinic, diff.path);
  const folder = temporaryFolder();
  const tar = spawnSync('tar', ['--zstd', '-xf', made.path, '-C', folder], { encoding: 'utf8' });
  expect(tar).toMatchObject({ status: 0, stderr: '' });
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const sums = spawnSync('sha256sum', ['-c', '.kedge/SHA256SUMS'], options);
  expect(sums.status).toBe(0);
  const readme = readFileSync(join(folder, '.kedge/README.txt'), 'utf8');
  expect(readme).not.toContain('DIFFERENTIAL');
});

test('a differential on top of it is as small as on any full and gives back its own moment', async () => {
  const { clinic, full, diff } = await clinicWithBoth();
  const made = await consolidate(clinic, diff.path);
  rmSync(diff.path);
  rmSync(full.path);
  inDatabase(clinic.database, "insert into notes values ('newer')");
  const { backup, note } = await take(clinic, against(made));
  expect(note).toBeUndefined();
  expect(backup).toMatchObject({ kind: 'differential', base: 'made-1' });
  expect(backup.sizeBytes).toBeLessThan(made.sizeBytes / 20);
  expect((await runVerify(backup.path, recordedWork())).integrity).toBe('ok');
  const out = await extract(backup.path);
  const database = new Database(join(out, 'database', 'clinic.db'));
  expect(database.prepare('select text from notes').pluck().all()).toEqual(['new', 'newer']);
  database.close();
});

test('a database that the differential holds whole has page hashes in the full that is made', async () => {
  const clinic = await makeSmallClinic();
  const full = (await take(clinic)).backup;
  rmSync(clinic.database);
  makeBusyDatabase(clinic.database, 'wal', 2);
  const diff = (await take(clinic, against(full))).backup;
  const made = await consolidate(clinic, diff.path);
  inDatabase(clinic.database, "create table notes (text); insert into notes values ('new')");
  const next = (await take(clinic, against(made))).backup;
  expect(next.sizeBytes).toBeLessThan(made.sizeBytes / 10);
  expect((await runVerify(next.path, recordedWork())).integrity).toBe('ok');
});

test('its gaps are those of the differential', async () => {
  const { clinic, full } = await clinicWithBoth();
  rmSync(clinic.settings);
  const diff = (await take(clinic, against(full))).backup;
  expect(diff.gaps).toHaveLength(1);
  const made = await consolidate(clinic, diff.path);
  expect(made).toMatchObject({ outcome: 'complete with named gaps', gaps: diff.gaps });
  expect(made.sources.toSorted(byName)).toEqual(diff.sources.toSorted(byName));
});

test('what is made of an encrypted differential is encrypted, or not made at all', async () => {
  const secret = await generateX25519Identity();
  const recipients = [await identityToRecipient(secret)];
  const locked = { lock: { kind: 'recipients', recipients }, verifyAtOnce: true } as const;
  const work = { ...recordedWork(), keys: { identities: [secret] } };
  const clinic = await makeSmallClinic();
  const takeLocked = async (change: object) => {
    taken += 1;
    const own = { backupId: `backup-${taken}`, nowMs: clinic.order.nowMs + taken * 60_000, locked };
    const order = { ...clinic.order, ...own, ...change };
    return (await takeBackup(order, clinic.config, work, noServices)).backup;
  };
  const full = await takeLocked({});
  writeFileSync(join(clinic.uploads, 'letter.txt'), 'another letter');
  const diff = await takeLocked(against(full));
  const order = { path: diff.path, backupId: 'made-1', ...toMain };
  const stored = clinic.stored();
  const inTheClear = runConsolidate(order, clinic.config, work);
  await expect(inTheClear).rejects.toThrow(/is encrypted, and the configuration has no encryption/);
  expect(clinic.stored()).toEqual(stored);
  const made = await runConsolidate({ ...order, locked }, clinic.config, work);
  expect(made).toMatchObject({
    kind: 'full',
    encryption: 'keys',
    proof: { kind: 'verified' },
    integrity: 'ok',
  });
  expect(made.path).toMatch(/_full\.tar\.zst\.age$/);
  rmSync(diff.path);
  rmSync(full.path);
  expect(await runVerify(made.path, work)).toMatchObject({ integrity: 'ok' });
  const closed = runVerify(made.path, recordedWork());
  expect(await closed.catch(codeOf)).toBe('key-missing');
});
