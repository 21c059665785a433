import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { delimiter, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import { restoreSqlite } from '../../agent/sources/sqlite/restore.ts';
import { openSqlite } from '../../agent/sources/sqlite/source.ts';
import { signal } from '../support/archives.ts';
import { asOtherUser } from '../support/as-other-user.ts';
import { backUpChanges, backUpFolder, restoreFolder } from '../support/back-up-folder.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { testWith } from '../support/require-tool.ts';
import { takeMembers } from '../support/take-members.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { differences, treeFacts } from '../support/tree-facts.ts';

const MiB = 1024 * 1024;
const toolTest = testWith('getfattr', 'setfattr', 'getfacl', 'setfacl');
const rootTest = process.getuid?.() === 0 ? toolTest : toolTest.skip;

const run = (...argv: readonly [string, ...string[]]) => execFileSync(argv[0], argv.slice(1));

/** A folder with a file of each sort, old enough not to be looked at again. */
function makeFolder(home: string): string {
  const live = join(home, 'live');
  fs.mkdirSync(join(live, 'folder'), { recursive: true });
  fs.writeFileSync(join(live, 'small'), 'small');
  fs.writeFileSync(join(live, 'other'), 'other');
  fs.writeFileSync(join(live, 'large'), Buffer.alloc(3 * MiB, 'large'));
  fs.symlinkSync('small', join(live, 'link'));
  run('setfattr', '-n', 'user.first', '-v', '0x00ff', join(live, 'small'));
  run('setfacl', '-m', 'u:daemon:r', join(live, 'other'));
  return live;
}

async function membersOf(path: string): Promise<readonly string[]> {
  await using reader = await openFileReader(path);
  await verifyArchive(reader, signal, () => undefined);
  const names: string[] = [];
  for await (const { name } of (await openArchive(reader)).members()) names.push(name.toString());
  return names;
}

const changes: readonly (readonly [string, string, readonly [string, ...string[]]])[] = [
  ['an attribute that is new', 'uploads/small', ['setfattr', '-n', 'user.new', '-v', '1', 'small']],
  ['an attribute that is gone', 'uploads/small', ['setfattr', '-x', 'user.first', 'small']],
  ['another value', 'uploads/small', ['setfattr', '-n', 'user.first', '-v', '1', 'small']],
  ['one of a large file', 'uploads/large', ['setfattr', '-n', 'user.new', '-v', '1', 'large']],
  ['one of a folder', 'uploads/folder', ['setfattr', '-n', 'user.new', '-v', '1', 'folder']],
  ['an ACL', 'uploads/small', ['setfacl', '-m', 'u:daemon:rw', 'small']],
  ['no ACL any more', 'uploads/other', ['setfacl', '-b', 'other']],
  ['a default ACL', 'uploads/folder', ['setfacl', '-d', '-m', 'u:daemon:rw', 'folder']],
  ['a mode', 'uploads/large', ['chmod', '600', 'large']],
];

for (const [what, name, argv] of changes) {
  toolTest(`a differential has what changed in nothing else: ${what}`, async () => {
    const home = temporaryFolder();
    const live = makeFolder(home);
    await backUpFolder(live, join(home, 'full.tar.zst'));
    execFileSync(argv[0], argv.slice(1), { cwd: live });
    await backUpChanges(live, join(home, 'diff.tar.zst'), join(home, 'full.tar.zst'));

    expect(await membersOf(join(home, 'diff.tar.zst'))).toEqual([name]);
    await restoreFolder(join(home, 'diff.tar.zst'), join(home, 'restored'));
    expect(differences(treeFacts(live), treeFacts(join(home, 'restored')))).toEqual([]);
  });
}

toolTest('an ACL that a root inherits and that stays is named', async () => {
  const home = temporaryFolder();
  const live = makeFolder(home);
  await backUpFolder(live, join(home, 'full.tar.zst'));
  const into = join(home, 'into');
  const tools = join(home, 'tools');
  for (const folder of [into, tools]) fs.mkdirSync(folder);
  run('setfacl', '-d', '-m', 'u:daemon:rw', into);
  const failing = '#!/bin/sh\necho "setfattr: $4: Input/output error" >&2\nexit 1\n';
  fs.writeFileSync(join(tools, 'setfattr'), failing, { mode: 0o755 });
  const path = process.env['PATH'] ?? '';
  onTestFinished(() => {
    process.env['PATH'] = path;
  });
  process.env['PATH'] = tools + delimiter + path;

  const notes = await restoreFolder(join(home, 'full.tar.zst'), join(into, 'restored'));

  expect(notes).toContain(
    '"restored" came back with the system.posix_acl_default of its folder: Input/output error',
  );
});

rootTest('a differential has an owner that changed, and nothing else', async () => {
  const home = temporaryFolder();
  const live = makeFolder(home);
  await backUpFolder(live, join(home, 'full.tar.zst'));
  fs.chownSync(join(live, 'small'), 1, 4_000_000_000);
  await backUpChanges(live, join(home, 'diff.tar.zst'), join(home, 'full.tar.zst'));

  expect(await membersOf(join(home, 'diff.tar.zst'))).toEqual(['uploads/small']);
  await restoreFolder(join(home, 'diff.tar.zst'), join(home, 'restored'));
  expect(differences(treeFacts(live), treeFacts(join(home, 'restored')))).toEqual([]);
});

toolTest('a missing getfattr is a note in the backup and a line in the log, no gap', async () => {
  const home = temporaryFolder();
  const live = makeFolder(home);
  const path = join(home, 'full.tar.zst');
  const { gaps, notes, log } = await withoutTools(home, () => backUpFolder(live, path));

  const note = 'no extended attributes and ACLs were read: getfattr is not installed';
  expect({ gaps, notes, log }).toEqual({
    gaps: [],
    notes: [note],
    log: [`warning: source "uploads": ${note}`],
  });
  await using reader = await openFileReader(path);
  const { header } = await openArchive(reader);
  expect([header.notes, header.attributes]).toEqual([[note], undefined]);
});

toolTest(
  'a differential on a full made without getfattr brings the attributes of all files',
  async () => {
    const home = temporaryFolder();
    const live = makeFolder(home);
    const [full, diff] = [join(home, 'full.tar.zst'), join(home, 'diff.tar.zst')];
    await withoutTools(home, () => backUpFolder(live, full));
    await backUpChanges(live, diff, full);

    expect(await membersOf(diff)).toEqual(['uploads/other', 'uploads/small']);
    await restoreFolder(diff, join(home, 'restored'));
    expect(differences(treeFacts(live), treeFacts(join(home, 'restored')))).toEqual([]);
  },
);

toolTest('a restore without setfattr brings all else and says what is missing', async () => {
  const home = temporaryFolder();
  const live = makeFolder(home);
  await backUpFolder(live, join(home, 'a.tar.zst'));
  const restored = join(home, 'restored');
  const lost = await withoutTools(home, () => restoreFolder(join(home, 'a.tar.zst'), restored));

  expect(lost).toEqual([
    '"uploads/other" came back without system.posix_acl_access: setfattr is not installed',
    '"uploads/small" came back without user.first: setfattr is not installed',
  ]);
  const other = differences(treeFacts(live), treeFacts(restored)).map((line) => line.split(':')[1]);
  expect(new Set(other)).toEqual(new Set([' acl', ' attributes']));
});

rootTest(
  'what only root may set, and what gives rights, is named and the rest comes back',
  async () => {
    const home = temporaryFolder();
    const live = makeFolder(home);
    run('setfacl', '-m', 'u:daemon:r', join(live, 'small'));
    fs.chmodSync(join(live, 'small'), 0o444);
    fs.chmodSync(join(live, 'folder'), 0o555);
    run('setfattr', '-n', 'user.more', '-v', '1', join(live, 'folder'));
    run('setfattr', '-n', 'trusted.seal', '-v', '1', join(live, 'small'));
    const cap = '0x0100000200200000000000000000000000000000';
    run('setfattr', '-n', 'security.capability', '-v', cap, join(live, 'other'));
    await backUpFolder(live, join(home, 'a.tar.zst'));
    fs.chmodSync(join(home, 'a.tar.zst'), 0o644);
    const into = join(home, 'into');
    fs.mkdirSync(into);
    fs.chownSync(into, 65_534, 65_534);
    const lost = await asOtherUser(async () =>
      restoreFolder(join(home, 'a.tar.zst'), join(into, 'restored')),
    );

    expect(lost).toEqual([
      '"uploads/other" came back without security.capability: no restore brings it',
      '"uploads/small" came back without trusted.seal: Operation not permitted',
    ]);
    const found = differences(treeFacts(live), treeFacts(join(into, 'restored')));
    const unexpected = found.filter((line) => !/: owner: |trusted|capability/.test(line));
    expect(unexpected).toEqual([]);
  },
);

toolTest(
  'what the folder above would give its new files is not given to what is restored',
  async () => {
    const home = temporaryFolder();
    const live = makeFolder(home);
    await backUpFolder(live, join(home, 'a.tar.zst'));
    const into = join(home, 'into');
    fs.mkdirSync(into);
    run('setfacl', '-d', '-m', 'u:daemon:rwx', into);
    await restoreFolder(join(home, 'a.tar.zst'), join(into, 'restored'));
    expect(differences(treeFacts(live), treeFacts(join(into, 'restored')))).toEqual([]);
  },
);

toolTest('a database that is gone comes back with its ACL', async () => {
  const home = temporaryFolder();
  const live = join(home, 'shop.db');
  const database = new Database(live);
  database.exec('create table a (b)');
  database.close();
  run('setfacl', '-m', 'u:daemon:rw', live);
  const source = openSqlite('shop', { engine: 'sqlite', path: live });
  const { members } = await takeMembers(source, recordedWork());
  const [member] = members;
  if (member === undefined) throw new Error('nothing was captured');
  const archived = {
    name: 'shop',
    gaps: [],
    async *members() {
      yield { ...member.header, firstFrame: 0, offset: 0 };
    },
    async *content() {
      yield member.content;
    },
  };
  const incoming = join(home, 'restored', 'shop.db');
  const item = { live, incoming, outgoing: join(home, 'old') };
  const restore = restoreSqlite('shop', { engine: 'sqlite', path: live });
  const lost = await restore.stage(
    archived,
    [item],
    { job: 1, signal, scratch: '' },
    () => undefined,
  );
  expect(lost).toEqual([]);
  expect(differences(treeFacts(live), treeFacts(incoming))).toEqual([]);
});

test('a time is kept to the microsecond, before 1970 and after 2106 too', async () => {
  const home = temporaryFolder();
  const live = join(home, 'live');
  fs.mkdirSync(live);
  const seconds = ['-0.000001', '-1.5', '-2147483647.999999', '1.000001', '5000000000.25'];
  for (const time of seconds) {
    fs.writeFileSync(join(live, time), '');
    fs.lutimesSync(join(live, time), time, time);
  }
  await backUpFolder(live, join(home, 'a.tar.zst'));
  await restoreFolder(join(home, 'a.tar.zst'), join(home, 'restored'));
  const times = (folder: string) =>
    seconds.map((time) => fs.lstatSync(join(folder, time), { bigint: true }).mtimeNs / 1000n);
  expect(times(join(home, 'restored'))).toEqual(times(live));
});

/** With a PATH on which only the tools stand that every system has. */
async function withoutTools<T>(home: string, act: () => Promise<T>): Promise<T> {
  const folder = join(home, 'bin');
  fs.mkdirSync(folder);
  const path = process.env['PATH'] ?? '';
  for (const tool of ['xargs', 'sync', 'mkfifo']) {
    const found = path.split(delimiter).find((each) => fs.existsSync(join(each, tool)));
    fs.symlinkSync(join(found ?? '/usr/bin', tool), join(folder, tool));
  }
  const restore = () => {
    process.env['PATH'] = path;
  };
  onTestFinished(restore);
  process.env['PATH'] = folder;
  try {
    return await act();
  } finally {
    restore();
  }
}
