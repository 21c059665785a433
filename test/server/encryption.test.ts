import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  backupBrowse,
  backupCreate,
  backupDelete,
  backupExtract,
  backupList,
  backupShow,
  backupVerify,
} from '../../protocol/methods/backup.ts';
import { configGet, configSet } from '../../protocol/methods/config.ts';
import { keyStatus } from '../../protocol/methods/key.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { recoveryKey } from '../support/age-files.ts';
import {
  enable,
  failureOf,
  id,
  plan,
  problemsOf,
  resultOf,
  secrets,
  take,
} from '../support/encrypted-kedge.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import { testWith } from '../support/require-tool.ts';
import { countOrders, deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { kedgeAt, sha256Of } from '../support/transfer-fixture.ts';

const testAge = testWith('age', 'zstd');

testAge(
  'once the recovery key was typed back, backups are encrypted to it and to the key of the server',
  async () => {
    using folder = tempFolder();
    const app = await makeSmallApplication(folder.path);
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    expect(await session.call(keyStatus, {})).toEqual({ enabled: false, writeOnly: false });
    await enable(session);
    const status = await session.call(keyStatus, {});
    expect(status).toMatchObject({ enabled: true, recoveryKey: recoveryKey.recipient });
    const identity = join(app.home, 'state', 'keys', 'identity.txt');
    expect(statSync(identity).mode & 0o777).toBe(0o600);

    const backup = await take(session);
    expect(backup.encryption).toBe('keys');
    expect(basename(backup.path)).toMatch(/^shop_.*_full\.tar\.zst\.age$/);
    expect(backup.sizeBytes).toBe(statSync(backup.path).size);

    const key = join(folder.path, 'key.txt');
    writeFileSync(key, `${recoveryKey.secret}\n`);
    for (const [nth, file] of [key, identity].entries()) {
      const out = join(folder.path, `out-${nth}`);
      mkdirSync(out);
      const command =
        'age -d -i "$1" "$2" | tar --zstd -x && sha256sum --quiet -c .kedge/SHA256SUMS';
      execFileSync('sh', ['-ec', command, 'sh', file, backup.path], { cwd: out });
      expect(readFileSync(join(out, 'uploads/1.txt'), 'utf8')).toBe('upload 1\n');
    }
    for (const name of readdirSync(app.store)) expect(name).not.toMatch(/partial/);
    expect(readFileSync(backup.path).includes('upload 1')).toBe(false);
  },
  120_000,
);

test('a differential of an encrypted full is encrypted; both are browsed, extracted from and restored', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await enable(session);
  const full = await take(session);
  deleteOrders(app.database, 100);
  writeFileSync(join(app.uploads, 'later.txt'), 'came later');
  const backup = await take(session, { kind: 'differential' });
  expect(backup).toMatchObject({ kind: 'differential', base: full.id, encryption: 'keys' });
  expect(backup.path).toMatch(/_diff\.tar\.zst\.age$/);
  deleteOrders(app.database, 500);

  const reference = { kind: 'id', id: backup.id } as const;
  const page = { backup: reference, path: 'uploads', offset: 0, limit: 10 };
  const { entries } = await session.call(backupBrowse, page);
  expect(entries.map(({ name }) => name)).toEqual(['1.txt', '2.txt', '3.txt', 'later.txt']);
  const out = join(folder.path, 'out');
  const wanted = { backup: reference, paths: ['uploads/later.txt', 'uploads/1.txt'], folder: out };
  await resultOf(session, session.call(backupExtract, { ...id(), ...wanted }));
  expect(readdirSync(out)).toEqual(['1.txt', 'later.txt']);

  const made = await plan(session, backup);
  expect(made.obstacles).toEqual([]);
  const order = { ...id(), plan: made.id, confirmation: 'Shop' };
  await resultOf(session, session.call(restoreRun, order));
  expect(countOrders(app.database)).toBe(1_900);
}, 120_000);

test('what was given to open an archive is in no file that Kedge keeps', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await enable(session);
  const passphrase = 'words that nobody else says';
  const backup = await take(session, { secrets: { passphrase } });
  const reference = { kind: 'path', path: backup.path } as const;
  const given = { passphrase, recoveryKey: recoveryKey.secret };
  await plan(session, backup, given);
  await resultOf(
    session,
    session.call(backupVerify, { ...id(), backup: reference, secrets: given }),
  );
  await kedge.stop();
  const secret = recoveryKey.secret.slice(20, 60);
  const found: string[] = [];
  for (const file of filesBelow(folder.path)) {
    const bytes = readFileSync(file);
    if (bytes.includes(passphrase) || bytes.includes(secret)) found.push(file);
  }
  expect(found).toEqual([]);
  expect(kedge.output()).not.toContain(passphrase);
}, 120_000);

test('a backup with a passphrase is verified when it is made, and asks for it ever after', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const passphrase = 'words that nobody else says';
  const backup = await take(session, { secrets: { passphrase } });
  expect(backup).toMatchObject({
    encryption: 'passphrase',
    proof: { kind: 'verified' },
    integrity: 'ok',
  });
  const reference = { kind: 'id', id: backup.id } as const;
  const without = { ...id(), backup: reference };
  expect(await failureOf(session, session.call(restorePlan, without))).toBe('passphrase-missing');
  const wrong = { ...id(), backup: reference, secrets: { passphrase: 'no' } };
  expect(await failureOf(session, session.call(restorePlan, wrong))).toBe('passphrase-wrong');
  expect((await plan(session, backup, { passphrase })).obstacles).toEqual([]);
  // The next full is the base of differentials; nobody is there to type this one's.
  expect((await take(session, { kind: 'differential' })).kind).toBe('full');
}, 120_000);

test('on a server that only writes, fulls and differentials are verified when made, then listed, compared, and closed', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  // Next to it a database that is written whole is small.
  writeFileSync(join(app.uploads, 'scan.bin'), randomBytes(300_000));
  {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    await enable(session);
    const { text, revision } = await session.call(configGet, {});
    const only = text.replace('"encryption": {', '"encryption": { "writeOnly": true,');
    await session.call(configSet, { ...id(), text: only, revision });
    rmSync(join(app.home, 'state/keys/identity.txt'));
    const backup = await take(session);
    expect(backup).toMatchObject({ proof: { kind: 'verified' }, integrity: 'ok' });
    deleteOrders(app.database, 100);
    writeFileSync(join(app.uploads, 'later.txt'), 'came later');
    rmSync(join(app.uploads, '1.txt'));
    const second = await take(session, { kind: 'differential' });
    expect(second).toMatchObject({ kind: 'differential', base: backup.id, integrity: 'ok' });
    const made = await plan(session, second, secrets);
    deleteOrders(app.database, 500);
    rmSync(join(app.uploads, 'later.txt'));
    const order = { ...id(), plan: made.id, confirmation: 'Shop', secrets };
    await resultOf(session, session.call(restoreRun, order));
    expect(countOrders(app.database)).toBe(1_900);
    expect(readdirSync(app.uploads)).toEqual(['2.txt', '3.txt', 'later.txt', 'scan.bin']);
    rmSync(join(app.home, 'state/indexes'), { recursive: true });
    const third = session.call(backupCreate, { ...id(), kind: 'differential' });
    const instead = await resultOf(session, third);
    expect(instead).toMatchObject({
      backup: { kind: 'full' },
      note: expect.stringContaining('is encrypted, and'),
    });
  }
  for (const name of readdirSync(app.store))
    if (name.endsWith('.age')) renameSync(join(app.store, name), join(app.store, `other ${name}`));
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(app.home, `state/catalogue.sqlite${suffix}`), { force: true });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { backups, total } = await session.call(backupList, { offset: 0, limit: 10 });
  // With the safety backup of the restore.
  expect(total).toBe(4);
  const [backup] = backups;
  if (backup === undefined) throw new Error('nothing is listed');
  expect(backup).toMatchObject({ encryption: 'keys', proof: { kind: 'verified' } });
  expect(basename(backup.path)).toMatch(/^other shop_/);
  const reference = { kind: 'id', id: backup.id } as const;
  const compared = await resultOf(
    session,
    session.call(backupVerify, { ...id(), backup: reference }),
  );
  expect(compared).toMatchObject({ verify: { compared: true, integrity: 'ok' } });
  const plain = { ...id(), backup: reference };
  expect(await failureOf(session, session.call(restorePlan, plain))).toBe('key-missing');
  const fully = await resultOf(
    session,
    session.call(backupVerify, { ...id(), backup: reference, secrets }),
  );
  expect(fully).not.toMatchObject({ verify: { compared: true } });

  const bytes = readFileSync(backup.path);
  bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000);
  writeFileSync(backup.path, bytes);
  const flipped = session.call(backupVerify, { ...id(), backup: reference });
  expect(await failureOf(session, flipped)).toBe('archive-damaged');
}, 120_000);

test('an archive of a stranger in a destination is a problem by its name, and opens with its key', async () => {
  using folder = tempFolder();
  const [app, other] = [
    await makeSmallApplication(join(folder.path, 'a')),
    await makeSmallApplication(join(folder.path, 'b')),
  ];
  let path = '';
  {
    await using kedge = await startKedge(other.home);
    using session = await openSession(kedge.socket);
    await enable(session);
    path = (await take(session)).path;
  }
  const moved = join(app.store, basename(path));
  renameSync(path, moved);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect(await problemsOf(session)).toContain('locked-archives');
  expect((await session.call(backupList, { offset: 0, limit: 10 })).total).toBe(0);
  const reference = { kind: 'path', path: moved } as const;
  expect(await session.call(backupShow, { backup: reference }).catch(String)).toMatch(/encrypted/);
  const { backup } = await session.call(backupShow, { backup: reference, secrets });
  expect(backup.encryption).toBe('keys');
}, 120_000);

test('an encrypted backup is downloaded as it lies, and uploaded again where a key of it is', async () => {
  using folder = tempFolder();
  const [app, other] = [
    await makeSmallApplication(join(folder.path, 'a')),
    await makeSmallApplication(join(folder.path, 'b')),
  ];
  const out = join(folder.path, 'out');
  mkdirSync(out);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await enable(session);
  const backup = await take(session);
  const file = join(out, basename(backup.path));
  expect((await kedgeAt(kedge.socket, ['backup', 'download', backup.id, '--to', file])).code).toBe(
    0,
  );
  expect(sha256Of(file)).toBe(backup.sha256);
  const confirmation = basename(backup.path);
  await session.call(backupDelete, { ...id(), backup: backup.id, confirmation });
  const ran = await kedgeAt(kedge.socket, ['backup', 'upload', file]);
  expect(ran.code, ran.err).toBe(0);
  expect(readdirSync(app.store)).toContain(basename(backup.path));
  const [listed] = (await session.call(backupList, { offset: 0, limit: 10 })).backups;
  expect(listed).toMatchObject({ id: backup.id, encryption: 'keys', proof: { kind: 'verified' } });

  await using elsewhere = await startKedge(other.home);
  const refused = await kedgeAt(elsewhere.socket, ['backup', 'upload', file]);
  expect(refused.code).toBe(8);
  expect(refused.err).toContain('is encrypted, and there is no key here');
  expect(readdirSync(other.store)).toEqual(['.kedge-store.json']);
}, 120_000);

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
