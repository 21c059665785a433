import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { mapAcls } from '../../agent/os/attributes/map-acl.ts';
import { setFaultHook } from '../../agent/os/faults.ts';
import { findUnfinishedJournals } from '../../agent/restore/recover.ts';
import { ownerMap } from '../../agent/restore/recover-machine/owner-map.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { asOtherUser } from '../support/as-other-user.ts';
import { configTextOf, EmptyMachine } from '../support/empty-machine.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';

const rootTest = process.getuid?.() === 0 ? test : test.skip;
if (process.getuid?.() !== 0) process.stderr.write('SKIPPED: tests of owners that need root\n');

afterEach(() => setFaultHook(undefined));

function application(): RestoreFixture {
  const app = new RestoreFixture();
  app.configText = configTextOf(app);
  mkdirSync(join(app.app, 'bin'));
  for (const name of ['database', 'host']) writeFileSync(join(app.app, 'bin', name), '');
  return app;
}

test('an application comes to an empty machine under other paths, with its configuration', async () => {
  using app = application();
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  const plan = await machine.plan(machine.order([backup.path]));

  expect(plan.obstacles).toEqual([]);
  expect(plan.sources.map(({ source, to, standing }) => [source, to, standing])).toEqual([
    ['db', [join(machine.data, 'data/clinic.db')], 'absent'],
    ['uploads', [join(machine.data, 'uploads')], 'absent'],
    ['conf', [join(machine.data, 'clinic.conf'), join(machine.data, 'extra.conf')], 'absent'],
  ]);
  const result = await machine.run(plan);

  expect(result).toMatchObject({ outcome: 'restored', backup: backup.id });
  expect(result.undo).toBeUndefined();
  expect(machine.live()).toMatchObject({ settings: 'mode = then\n', configuration: true });
  expect(readFileSync(machine.configPath, 'utf8')).toContain('// the patients');
  expect(machine.names().filter((name) => /\.kedge-\d/.test(name))).toEqual([]);
  expect(await listUndos(machine.stateFolder)).toEqual([]);
});

test('what is missing is listed before, and only what can run is started', async () => {
  using app = application();
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  const plan = await machine.plan(machine.order([backup.path]));

  const program = (name: string) => join(machine.data, 'bin', name);
  expect(plan.missing).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'file', name: program('database') }),
      expect.objectContaining({ kind: 'file', name: program('host') }),
      expect.objectContaining({ kind: 'destination', name: join(app.home, 'stick') }),
    ]),
  );
  const result = await machine.run(plan);
  expect([...machine.services.running]).toEqual([]);
  expect(result.notes.join('\n')).toMatch(/service "host" was not started: .*"[^"]*bin\/host"/);
});

test('of a folder the newest whole chain is taken, and what is not says why', async () => {
  using app = application();
  const first = await app.backup('first');
  appendFileSync(app.settings, 'later\n');
  const second = await app.backup('second');
  writeFileSync(join(app.home, 'backups', 'broken.tar.zst'), 'no archive');
  using machine = new EmptyMachine(app);
  const folder = join(app.home, 'backups');

  const plan = await machine.plan(machine.order([folder]));
  expect([first.path, second.path]).toContain(plan.backup.path);
  expect(plan.skipped.map(({ path }) => path)).toEqual([join(folder, 'broken.tar.zst')]);
  const before = machine.plan(machine.order([folder], { atMs: first.capturedAtMs - 1 }));
  await expect(before).rejects.toThrow(/newer than asked for/);
});

test('a settings file that is a link comes back with what it leads to, which moves along', async () => {
  using app = application();
  renameSync(app.settings, `${app.settings}.real`);
  symlinkSync(`${app.settings}.real`, app.settings);
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  await machine.run(await machine.plan(machine.order([backup.path])));

  const path = join(machine.data, 'clinic.conf');
  expect(readlinkSync(path)).toBe(`${path}.real`);
  expect(readFileSync(path, 'utf8')).toBe('mode = then\n');
});

test('what is in the way is refused, and with --replace moved aside into an undo', async () => {
  using app = application();
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  mkdirSync(join(machine.data, 'uploads'), { recursive: true });
  writeFileSync(join(machine.data, 'uploads', 'mine'), 'was here first');

  const refused = await machine.plan(machine.order([backup.path]));
  expect(refused.obstacles.join()).toContain('something is there already where source "uploads"');
  await expect(machine.run(refused)).rejects.toThrow(/something is there already/);

  const plan = await machine.plan(machine.order([backup.path], { replace: true }));
  expect(plan.obstacles).toEqual([]);
  const { undo } = await machine.run(plan);
  expect(existsSync(join(machine.data, 'uploads', 'mine'))).toBe(false);
  expect((await listUndos(machine.stateFolder)).map(({ id }) => id)).toEqual([undo]);
});

test('a machine that is configured by now is left alone', async () => {
  using app = application();
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  const plan = await machine.plan(machine.order([backup.path]));
  await machine.run(plan);
  const live = machine.live();
  await expect(machine.run(plan)).rejects.toThrow(/exists already/);
  expect(machine.live()).toEqual(live);
  expect(findUnfinishedJournals(machine.stateFolder)).toEqual([]);
});

test('a configuration that can not be written leaves nothing', async () => {
  using app = application();
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  const empty = machine.names();
  const plan = await machine.plan(machine.order([backup.path]));
  setFaultHook(({ path }) => {
    if (path.startsWith(join(machine.home, 'etc'))) throw new Error('no room');
  });

  await expect(machine.run(plan)).rejects.toThrow('no room');
  setFaultHook(undefined);
  expect(machine.names()).toEqual(empty);
});

rootTest('owners become others by rule, by name, or stay numbers', async () => {
  using app = application();
  chownSync(app.database, 1001, 1001);
  chownSync(join(app.uploads, '2026/scan.bin'), 1, 1);
  chownSync(app.settings, 4_000_001, 4_000_002);
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  const owners = [
    { kind: 'user', from: '1001', to: '2001' },
    { kind: 'user', from: '4000001', to: 'nobody' },
    { kind: 'group', from: '4000002', to: '7' },
  ] as const;
  await machine.run(await machine.plan(machine.order([backup.path], { owners })));

  const ownerOf = (name: string) => {
    const { uid, gid } = statSync(join(machine.data, name));
    return [uid, gid];
  };
  expect(ownerOf('data/clinic.db')).toEqual([2001, 2001]);
  // Made for the database, which has to make files beside itself.
  expect(ownerOf('data')).toEqual([2001, 2001]);
  expect(ownerOf('uploads/2026/scan.bin')).toEqual([1, 1]);
  expect(ownerOf('clinic.conf')).toEqual([65_534, 7]);
});

rootTest('an owner that nobody here is stands against it', async () => {
  using app = application();
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  const owners = [{ kind: 'user', from: 'root', to: 'no-such-user' }] as const;
  const plan = await machine.plan(machine.order([backup.path], { owners }));
  expect(plan.obstacles).toEqual([
    'the user "no-such-user", who is to get what belongs to "root", does not exist here',
  ]);
});

rootTest('without the rights of root all belongs to whoever recovers, which is said', async () => {
  using app = application();
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  for (const folder of [machine.home, machine.stateFolder]) chownSync(folder, 65_534, 65_534);
  for (const path of [app.home, join(app.home, 'backups'), backup.path]) {
    chownSync(path, 65_534, 65_534);
  }
  const plan = await asOtherUser(async () => {
    const made = await machine.plan(machine.order([backup.path]));
    await machine.run(made);
    return made;
  });
  expect(plan.warnings.join()).toContain('will belong to "nobody"');
  expect(statSync(join(machine.data, 'data/clinic.db')).uid).toBe(65_534);
});

test('ids in ACLs follow the rules too, whoever the files belong to', () => {
  const acl = Buffer.alloc(4 + 3 * 8);
  acl.writeUInt32LE(2, 0);
  [1, 2, 8].forEach((tag, n) => {
    acl.writeUInt16LE(tag, 4 + n * 8);
    acl.writeUInt32LE(tag === 1 ? 0xffff_ffff : 1001, 8 + n * 8);
  });
  const name = Buffer.from('system.posix_acl_access');
  const bearer = {
    attributes: [{ name, value: acl }],
    acl: 'user::rw-\nuser:clinic:r--\ngroup:1001:r--\n',
  };
  const owners = [{ kind: 'user', from: 'clinic', to: '2001' }] as const;
  const here = { user: () => undefined, group: () => undefined };
  const map = ownerMap({ owners, otherOwners: 'me' }, here, { uid: 65_534, gid: 65_534 });
  expect(map.user(1001, 'clinic')).toEqual({ id: 65_534 });

  const [attribute] =
    mapAcls(bearer, {
      user: (id, of) => map.named.user(id, of).id,
      group: (id, of) => map.named.group(id, of).id,
    }) ?? [];
  const ids = [0, 1, 2].map((n) => attribute?.value.readUInt32LE(8 + n * 8));
  expect(ids).toEqual([0xffff_ffff, 2001, 1001]);
});
