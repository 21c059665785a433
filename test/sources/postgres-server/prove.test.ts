import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveTree, runnerFor, userOf } from '../../../agent/sources/physical/folder-user.ts';
import { readUnpackedFacts } from '../../../agent/sources/physical/server-facts.ts';
import { BackupCheck } from '../../../agent/sources/postgres-server/backup-check.ts';
import { prove } from '../../../agent/sources/postgres-server/prove.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { dataOf, wholePostgresApp } from '../../support/postgres-server-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { mayMount } from '../../support/test-with-mounts.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 3) n');
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

/** What a full holds, where the server's user reaches it. */
async function unpacked(app: DatabaseFixture, folder: string) {
  const { path } = await app.backup();
  chmodSync(app.home, 0o755);
  execFileSync('tar', ['--zstd', '-xf', path, '-C', folder]);
  for (const each of [folder, join(folder, 'db')]) chmodSync(each, 0o755);
  const data = join(folder, 'db', 'data');
  const user = runnerFor(await userOf(dataOf(server)));
  await giveTree(data, user, app.work().signal);
  return { source: 'db', facts: await readUnpackedFacts('db', join(folder, 'db')), data, user };
}

testWithPostgres('a server that proved a copy leaves nothing of itself in it', async () => {
  using app = wholePostgresApp(server);
  const folder = join(app.home, 'unpacked');
  mkdirSync(folder);
  const copy = await unpacked(app, folder);
  const before = readdirSync(copy.data);
  await prove(copy, app.work());
  // It knows this one as old when it has come up from it.
  const expected = before.map((name) => (name === 'backup_label' ? 'backup_label.old' : name));
  expect(readdirSync(copy.data)).toEqual(expected.toSorted());
});

testWithPostgres(
  'a copy that its server cannot reach is refused with the words of the server',
  async () => {
    using app = wholePostgresApp(server);
    const folder = join(app.home, 'closed');
    mkdirSync(folder);
    const copy = await unpacked(app, folder);
    chmodSync(folder, 0o700);
    expect(await prove(copy, app.work()).catch(failureOf)).toMatchObject({
      code: 'restore-refused',
      params: { why: expect.stringContaining('Permission denied') },
    });
  },
);

const mountTest = hasPostgres && mayMount() ? test : test.skip;

mountTest('a disk that is full while a copy is proven is no fault of the copy', async () => {
  using app = wholePostgresApp(server);
  const folder = join(app.home, 'small');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', folder]);
  try {
    const copy = await unpacked(app, folder);
    const { free, size } = spaceOf(folder);
    expect(free).toBeLessThan(size);
    // What Kedge itself writes has room.
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(free - (1 << 20)));
    expect(await prove(copy, app.work()).catch(failureOf)).toMatchObject({
      code: 'no-space',
      params: { path: copy.data },
    });
  } finally {
    spawnSync('umount', ['-l', folder]);
  }
});

function spaceOf(folder: string): { free: number; size: number } {
  const printed = execFileSync('df', ['-B1', '--output=avail,size', folder], { encoding: 'utf8' });
  const [free = 0, size = 0] = (printed.split('\n')[1] ?? '').trim().split(/\s+/).map(Number);
  return { free, size };
}

test('a manifest that is too long is refused by name, and not read', () => {
  const check = new BackupCheck(100);
  const part = check.part('data/backup_manifest');
  part.write(Buffer.alloc(101));
  part.end();
  expect(check.lacks).toContain('its backup_manifest is larger than 100 bytes');
});
