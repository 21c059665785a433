import { chmodSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupBrowse, backupCreate, backupEstimate } from '../../protocol/methods/backup.ts';
import { configGet, configSet } from '../../protocol/methods/config.ts';
import { keyCheck } from '../../protocol/methods/key.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { scheduleSet } from '../../protocol/methods/schedule.ts';
import { recoveryKey, strangersKey } from '../support/age-files.ts';
import { codeOf } from '../support/archives.ts';
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
import { countOrders, deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a recovery key that nobody has shown takes no backup, and no schedule and no configuration is saved with it', async () => {
  using folder = tempFolder();
  const encryption = { recoveryKey: recoveryKey.recipient };
  const app = await makeSmallApplication(folder.path, { encryption });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect(await problemsOf(session)).toContain('encryption');
  expect(await session.call(backupEstimate, {})).toMatchObject({
    encrypted: false,
    warnings: [expect.stringContaining('no backup can be taken')],
  });
  expect(await failureOf(session, session.call(backupCreate, id()))).toBe('key-unproven');
  expect(readdirSync(app.store)).toEqual(['.kedge-store.json']);
  const settings = { full: { every: 'day', at: '02:00' }, zone: 'UTC', store: 'local' } as const;
  const schedule = { schedule: 'nightly', settings };
  await expect(session.call(scheduleSet, { ...id(), ...schedule })).rejects.toThrow(/secret half/);
  const { text, revision } = await session.call(configGet, {});
  const changed = { ...id(), text: `${text}\n`, revision };
  await expect(session.call(configSet, changed)).rejects.toThrow(/secret half/);

  const wrong = { ...id(), secrets: { recoveryKey: strangersKey.secret } };
  await expect(session.call(keyCheck, wrong)).rejects.toThrow(recoveryKey.recipient);
  await expect(
    session.call(keyCheck, { ...id(), secrets: { recoveryKey: 'AGE-SECRET-KEY-1OOPS' } }),
  ).rejects.toThrow(/no secret key/);
  await enable(session);
  expect(await problemsOf(session)).not.toContain('encryption');
  await session.call(scheduleSet, { ...id(), ...schedule });
  expect((await take(session)).encryption).toBe('keys');
}, 120_000);

test('another recovery key takes the place of the first only when asked to, and both open what is theirs', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await enable(session);
  const first = await take(session);
  const other = { secrets: { recoveryKey: strangersKey.secret } };
  await expect(session.call(keyCheck, { ...id(), ...other })).rejects.toThrow(/secret half of/);
  const status = await session.call(keyCheck, { ...id(), ...other, replace: true });
  expect(status).toMatchObject({ enabled: true, recoveryKey: strangersKey.recipient });
  const second = await take(session, { kind: 'differential' });
  expect(second.kind).toBe('differential');
  rmSync(join(app.home, 'state/keys/identity.txt'));
  const showing = async (backup: Backup, secret: string) => {
    const page = { backup: { kind: 'id', id: backup.id }, path: '', offset: 0, limit: 5 } as const;
    const given = { ...page, secrets: { recoveryKey: secret } };
    return await session.call(backupBrowse, given).then(({ total }) => total, codeOf);
  };
  expect(await showing(first, recoveryKey.secret)).toBe(3);
  expect(await showing(first, strangersKey.secret)).toBe('key-missing');
  expect(await showing(second, recoveryKey.secret)).toBe('key-missing');
  expect(await showing(second, strangersKey.secret)).toBe('base-missing');
}, 120_000);

test('a server that lost its key refuses to back up, and restores with the recovery key', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await enable(session);
  const backup = await take(session);
  deleteOrders(app.database, 500);
  const identity = join(app.home, 'state/keys/identity.txt');
  chmodSync(identity, 0o644);
  expect(await failureOf(session, session.call(backupCreate, id()))).toBe('key-unusable');
  renameSync(identity, `${identity}.lost`);
  expect(await failureOf(session, session.call(backupCreate, id()))).toBe('key-unusable');

  const reference = { kind: 'id', id: backup.id } as const;
  const asked = { ...id(), backup: reference };
  expect(await failureOf(session, session.call(restorePlan, asked))).toBe('key-missing');
  const strangers = { recoveryKey: strangersKey.secret };
  const other = { ...id(), backup: reference, secrets: strangers };
  expect(await failureOf(session, session.call(restorePlan, other))).toBe('key-missing');
  const page = { backup: reference, path: '', offset: 0, limit: 10 };
  expect(await session.call(backupBrowse, page).catch(codeOf)).toBe('key-missing');
  expect((await session.call(backupBrowse, { ...page, secrets })).total).toBe(3);

  // The safety backup would have to be written in the clear.
  const refused = await plan(session, backup, secrets);
  expect(refused.obstacles).toEqual([expect.stringContaining('--without-safety-backup')]);
  const made = await plan(session, backup, secrets, { withoutSafetyBackup: true });
  const consents = ['without safety backup'];
  const order = { ...id(), plan: made.id, confirmation: 'Shop', consents, secrets };
  await resultOf(session, session.call(restoreRun, order));
  expect(countOrders(app.database)).toBe(2_000);
  await enable(session);
  expect((await take(session)).encryption).toBe('keys');
}, 120_000);
