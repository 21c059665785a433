import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { diffBackups } from '../../agent/backup/diff-backups.ts';
import { takeBackup } from '../../agent/backup/run-backup.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { DiffEntry } from '../../protocol/domain/diff.ts';
import { codeOf, fileMember, memberHeader, writeArchive } from '../support/archives.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

let taken = 0;
function take(clinic: SmallClinic, base?: Backup) {
  taken += 1;
  const own = { backupId: `backup-${taken}`, nowMs: clinic.order.nowMs + taken * 60_000 };
  const differential = base === undefined ? {} : { differential: { base } };
  const order = { ...clinic.order, ...own, ...differential };
  return takeBackup(order, clinic.config, recordedWork(), noServices);
}

async function diff(before: string, after: string, rows = false, work = recordedWork()) {
  const list = join(temporaryFolder(), 'list.jsonl');
  const found = await diffBackups({ before, after, rows }, [], list, work);
  const lines = readFileSync(list, 'utf8').split('\n').slice(0, -1);
  const entries = lines.map((line): DiffEntry => JSON.parse(line));
  expect(found.entries).toBe(entries.length);
  return { found, entries, source: (name: string) => found.sources.find((s) => s.source === name) };
}

/** "changed uploads/letter.txt content time". */
const inWords = (entries: readonly DiffEntry[]) =>
  entries.map(({ change, name, what = [] }) => [change, name, ...what].join(' '));

/** A full, a differential, and a full of the same moment as the differential. */
async function clinicTwice() {
  const clinic = await makeSmallClinic();
  rmSync(clinic.database);
  makeBusyDatabase(clinic.database, 'wal', 2);
  const at = (name: string) => join(clinic.uploads, name);
  for (const name of ['gone', 'touched', 'opened', 'same']) writeFileSync(at(name), name);
  chmodSync(at('opened'), 0o600);
  symlinkSync('letter.txt', at('pointer'));
  writeFileSync(at('becomes a link'), 'file');
  const full = (await take(clinic)).backup;
  const database = new Database(clinic.database);
  database.exec("create table notes (text); insert into notes values ('new'), ('newer')");
  database.close();
  rmSync(at('gone'));
  appendFileSync(at('letter.txt'), ' and goodbye');
  utimesSync(at('touched'), 1, 1);
  chmodSync(at('opened'), 0o644);
  renameSync(at('becomes a link'), at('renamed'));
  symlinkSync('renamed', at('becomes a link'));
  rmSync(at('pointer'));
  symlinkSync('same', at('pointer'));
  mkdirSync(at('later'));
  writeFileSync(Buffer.from(at('later/\xe9'), 'latin1'), 'new');
  const differential = (await take(clinic, full)).backup;
  const again = (await take(clinic)).backup;
  return { clinic, full, differential, again };
}

const changes = [
  'added uploads/later',
  'added uploads/later/\ufffd',
  'added uploads/renamed',
  'changed database/clinic.db content time',
  'changed uploads/becomes a link kind',
  'changed uploads/letter.txt content time',
  'changed uploads/opened metadata',
  'changed uploads/pointer content time',
  'changed uploads/touched time',
  'removed uploads/gone',
];

test('what changed is found by the indexes, between full and differential as between fulls, and backwards', async () => {
  const { full, differential, again } = await clinicTwice();
  const { entries, found, source } = await diff(full.path, differential.path);
  expect(inWords(entries).toSorted()).toEqual(changes);
  expect(found).toMatchObject({
    before: { backup: full.id, path: full.path, capturedAtMs: full.capturedAtMs },
    after: { backup: differential.id },
    entries: changes.length,
    databases: 1,
    rows: false,
  });
  expect(source('uploads')).toMatchObject({
    engine: 'files',
    removed: { members: 1, bytes: 4 },
    changed: { members: 5 },
    added: { members: 3, bytes: 7 },
    after: { bytes: differential.sources.find(({ name }) => name === 'uploads')?.bytes },
    databases: [],
  });
  expect(entries.find(({ name }) => name === 'uploads/letter.txt')).toMatchObject({
    before: { kind: 'file', sizeBytes: 14 },
    after: { kind: 'file', sizeBytes: 26, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(entries.find(({ nameB64 }) => nameB64 !== undefined)?.nameB64).toBe(
    Buffer.from('uploads/later/\xe9', 'latin1').toString('base64'),
  );
  const between = await diff(full.path, again.path);
  expect(inWords(between.entries).toSorted()).toEqual(changes);
  const back = await diff(differential.path, full.path);
  const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const;
  const backwards = back.entries.map((entry) => ({ ...entry, change: turned[entry.change] }));
  expect(inWords(backwards).toSorted()).toEqual(changes);
});

test('two backups of one moment differ in nothing, and nothing is unpacked for that', async () => {
  const { differential, again } = await clinicTwice();
  const work = recordedWork();
  const { found } = await diff(differential.path, again.path, true, work);
  expect(found).toMatchObject({ entries: 0, databases: 0 });
  expect(found.sources.flatMap(({ databases }) => databases)).toEqual([]);
  expect(work.steps.filter((step) => step.startsWith('unpack'))).toEqual([]);
});

test('rows are counted where they are asked for, in databases that differ', async () => {
  const { clinic, full, differential } = await clinicTwice();
  const { source } = await diff(full.path, differential.path, true);
  expect(source('database')?.databases).toMatchObject([
    {
      name: 'database/clinic.db',
      schema: [{ change: 'added', type: 'table', name: 'notes' }],
      tables: expect.arrayContaining([
        { table: 'notes', rowsBefore: 0, rowsAfter: 2, inserted: 2, changed: 0, deleted: 0 },
      ]),
    },
  ]);
  const database = new Database(clinic.database);
  database.exec("update notes set text = 'other' where text = 'new'; insert into notes values (1)");
  database.close();
  const later = (await take(clinic, full)).backup;
  const next = await diff(differential.path, later.path, true);
  const notes = next
    .source('database')
    ?.databases[0]?.tables.find(({ table }) => table === 'notes');
  expect(notes).toEqual({
    table: 'notes',
    rowsBefore: 2,
    rowsAfter: 3,
    inserted: 2,
    changed: 0,
    deleted: 1,
  });
});

test('without the full of a differential it is refused by the name of the full', async () => {
  const { full, differential, again } = await clinicTwice();
  renameSync(full.path, join(temporaryFolder(), 'away.tar.zst'));
  const error = await diff(again.path, differential.path).catch((caught: unknown) => caught);
  expect(codeOf(error)).toBe('base-missing');
});

test('some of each change are shown of a source, all stand in the list', async () => {
  const folder = temporaryFolder();
  const [before, after] = [join(folder, 'a.tar.zst'), join(folder, 'b.tar.zst')];
  function* files(from: number, to: number, content: string) {
    for (let n = from; n < to; n++) yield fileMember(`uploads/${n}`, n < 350 ? content : 'same');
  }
  await writeArchive(before, files(0, 1000, 'then'));
  await writeArchive(after, files(100, 1300, 'now'));
  const { entries, source } = await diff(before, after);
  expect(source('uploads')).toMatchObject({
    removed: { members: 100, bytes: 400 },
    changed: { members: 250, bytes: 750 },
    added: { members: 300, bytes: 1200 },
  });
  const shown = source('uploads')?.examples ?? [];
  const count = (change: string) => shown.filter((entry) => entry.change === change).length;
  expect([count('removed'), count('changed'), count('added')]).toEqual([7, 7, 6]);
  const order = entries.map(({ change }) => change);
  expect(order.indexOf('changed')).toBe(100);
  expect(order.indexOf('added')).toBe(350);
  expect(entries.length).toBe(650);
});

test('a cancel leaves no list', async () => {
  const folder = temporaryFolder();
  const [path, list] = [join(folder, 'a.tar.zst'), join(folder, 'list')];
  await writeArchive(path, [
    { ...fileMember('uploads/a', 'a'), header: memberHeader('uploads/a', { sizeBytes: 1 }) },
  ]);
  const work = recordedWork(() => work.cancel());
  const order = { before: path, after: path, rows: true };
  await expect(diffBackups(order, [], list, work)).rejects.toThrow(/aborted/);
  expect(() => readFileSync(list)).toThrow(/ENOENT/);
});
