import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { handlers } from '../../agent/server/handlers/handlers.ts';
import { type Role, reaches } from '../../protocol/domain/role.ts';
import { failureOf } from '../../protocol/failures.ts';
import type { Method } from '../../protocol/method.ts';
import { auditList } from '../../protocol/methods/audit.ts';
import { backupCreate, backupVerify } from '../../protocol/methods/backup.ts';
import { jobCancel, jobRetry } from '../../protocol/methods/job.ts';
import { restorePlan } from '../../protocol/methods/restore.ts';
import * as transfers from '../../protocol/methods/transfer.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const folder = tempFolder();
const socketOf = (role: Role): string => join(folder.path, 'doors', `${role}.sock`);
let kedge: RunningKedge;
let admin: Session;
let operator: Session;

const methods: readonly Method<z.ZodType, z.ZodType>[] = [
  ...[...handlers.values()].map(({ method }) => method),
  transfers.transferOpenDownload,
  transfers.transferFinishDownload,
  transfers.transferOpenUpload,
  transfers.transferFinishUpload,
  transfers.transferCancel,
];

beforeAll(async () => {
  const app = await makeSmallApplication(folder.path, {
    viewers: { socket: socketOf('viewer') },
    operators: { socket: socketOf('operator') },
  });
  kedge = await startKedge(app.home);
  admin = await openSession(kedge.socket);
  // They come with the configuration, a moment after Kedge is there.
  const sockets = [socketOf('viewer'), socketOf('operator')];
  await until(() => sockets.every((path) => existsSync(path)));
  operator = await open('operator');
});

afterAll(async () => {
  await kedge.stop();
  folder[Symbol.dispose]();
});

async function open(role: Role): Promise<Session> {
  return await openSession(socketOf(role), { claimedUser: role });
}

async function codeOf(session: Session, method: Method<z.ZodType, z.ZodType>, params: object) {
  const plain = { ...method, result: z.unknown() };
  return await session.call(plain, params).then(
    () => 'answered',
    (error: unknown) => failureOf(error).code,
  );
}

test('who looks on or operates may call these and nothing else', () => {
  const allowed = (role: Role) =>
    methods.filter(({ least }) => least === role).map(({ name }) => name);
  expect({
    viewer: allowed('viewer').toSorted(),
    operator: allowed('operator').toSorted(),
  }).toMatchInlineSnapshot(`
    {
      "operator": [
        "alarm.acknowledge",
        "backup.create",
        "backup.estimate",
        "backup.verify",
        "checkpoint.create",
        "drill.run",
        "job.cancel",
        "job.retry",
        "schedule.run",
        "service.answer-reset",
        "service.clients",
        "service.follow-log",
        "service.logs",
        "service.reset",
        "service.reset-plan",
        "service.restart",
        "service.start",
        "service.stop",
      ],
      "viewer": [
        "alarm.list",
        "backup.list",
        "calendar.read",
        "checkpoint.list",
        "job.list",
        "job.log",
        "job.show",
        "log.tail",
        "metrics.read",
        "moment.days",
        "moment.list",
        "recovery.list",
        "report.read",
        "retention.preview",
        "schedule.list",
        "schedule.preview",
        "schedule.show",
        "service.history",
        "service.list",
        "snapshot.get",
        "space.history",
        "space.read",
        "trash.list",
        "undo.list",
      ],
    }
  `);
});

test.each(['viewer', 'operator'] as const)('a %s is refused every method above', async (role) => {
  using session = await open(role);
  for (const method of methods) {
    const code = await codeOf(session, method, {});
    expect([method.name, code === 'forbidden']).toEqual([
      method.name,
      !reaches(role, method.least),
    ]);
  }
});

test('an operator backs up to a destination and verifies, and reaches no path beside', async () => {
  const { job } = await operator.call(backupCreate, { requestId: randomUUID() });
  const done = await operator.ended(job);
  if (done.state.kind !== 'done' || done.state.result.kind !== 'backup')
    throw new Error('no backup');
  const { id } = done.state.result.backup;
  const verify = { requestId: randomUUID(), backup: { kind: 'id', id } } as const;
  expect((await operator.ended((await operator.call(backupVerify, verify)).job)).state.kind).toBe(
    'done',
  );

  const destination = { kind: 'folder', folder: folder.path } as const;
  const away = { requestId: randomUUID(), destination };
  expect(await codeOf(operator, backupCreate, away)).toBe('forbidden');
  const { job: theirs } = await admin.call(backupCreate, { ...away, requestId: randomUUID() });
  await admin.ended(theirs);
  expect(await codeOf(operator, jobRetry, { requestId: randomUUID(), job: theirs })).toBe(
    'forbidden',
  );
  // What an admin was told is not told to others who have the id.
  const again = { requestId: randomUUID() };
  await admin.ended((await admin.call(backupCreate, again)).job);
  expect(await codeOf(operator, backupCreate, again)).toBe('bad-argument');

  const secret = { kind: 'path', path: '/etc/shadow' } as const;
  const other = { requestId: randomUUID(), backup: secret };
  expect(await codeOf(operator, backupVerify, other)).toBe('forbidden');

  const plan = { requestId: randomUUID(), backup: { kind: 'id', id } } as const;
  expect(await codeOf(operator, restorePlan, plan)).toBe('forbidden');
  const { job: planning } = await admin.call(restorePlan, plan);
  const cancel = { requestId: randomUUID(), job: planning };
  expect(await codeOf(operator, jobCancel, cancel)).toBe('forbidden');
  await admin.ended(planning);
});

test('what was refused is in the audit, once a minute of a kind, with who asked', async () => {
  for (let n = 0; n < 5; n++) await codeOf(operator, restorePlan, { requestId: randomUUID() });
  const { entries } = await admin.call(auditList, { limit: 500, filter: 'restore.plan' });
  const refused = entries.filter(
    ({ role, outcome }) => role === 'operator' && outcome.kind === 'failed',
  );
  expect(refused).toMatchObject([
    {
      method: 'restore.plan',
      role: 'operator',
      socket: socketOf('operator'),
      claimedUser: 'operator',
      outcome: { code: 'forbidden' },
    },
  ]);
});
