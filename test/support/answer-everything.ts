import type { Backup, Estimate } from '../../protocol/domain/backup.ts';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import type { Schedule } from '../../protocol/domain/schedule.ts';
import { KedgeError } from '../../protocol/failures.ts';
import {
  backupCreate,
  backupDelete,
  backupEstimate,
  backupList,
  backupShow,
  backupVerify,
} from '../../protocol/methods/backup.ts';
import { calendarRead } from '../../protocol/methods/calendar.ts';
import { configGet } from '../../protocol/methods/config.ts';
import { jobCancel, jobLog } from '../../protocol/methods/job.ts';
import { momentDays, momentList } from '../../protocol/methods/moments.ts';
import { restorePlan, restoreRun, undoList, undoRun } from '../../protocol/methods/restore.ts';
import { retentionPreview } from '../../protocol/methods/retention.ts';
import {
  scheduleList,
  schedulePreview,
  scheduleSet,
  scheduleShow,
} from '../../protocol/methods/schedule.ts';
import {
  serviceFollowLog,
  serviceHistory,
  serviceLogs,
  serviceReset,
  serviceResetPlan,
  serviceStop,
} from '../../protocol/methods/service.ts';
import { logTail } from '../../protocol/methods/session.ts';
import { cannedBackup, cannedJob, cannedNowMs } from './canned-snapshot.ts';
import type { FakeKedge } from './fake-kedge.ts';

export const cannedEstimate: Estimate = {
  folder: '/var/backups/clinic',
  contentBytes: 157_286_400,
  archiveBytes: 52_428_800,
  seconds: 12,
  freeBytes: 42_949_672_960,
  files: 3_001,
  warnings: [],
};

export const cannedBackups: readonly Backup[] = Array.from({ length: 40 }, (_, n) => {
  const capturedAtMs = cannedNowMs - (n + 1) * 3_600_000;
  const stamp = new Date(capturedAtMs).toISOString().slice(0, 19).replaceAll(':', '-');
  return cannedBackup({
    id: `backup-${String(n).padStart(4, '0')}`,
    capturedAtMs,
    path: `/var/backups/clinic/clinic_${stamp}+0000_full.tar.zst`,
  });
});

export function cannedPlan(changes: Partial<RestorePlan> = {}): RestorePlan {
  return {
    id: 'plan-1',
    createdAtMs: cannedNowMs,
    backup: cannedBackups[0] ?? cannedBackup(),
    application: 'Clinic',
    applicationVersionThen: '4.1',
    applicationVersionNow: '4.2',
    contact: 'IT desk, 555-0101',
    spanSeconds: 3_600,
    changes: [
      {
        source: 'database',
        engine: 'sqlite',
        live: '/srv/clinic/clinic.db',
        tables: [
          {
            table: 'patients',
            backupRows: 6_000,
            liveRows: 6_210,
            inserted: 214,
            changed: 31,
            deleted: 4,
          },
          {
            table: 'rooms',
            backupRows: 12,
            liveRows: 12,
            inserted: 0,
            changed: 0,
            deleted: 0,
          },
        ],
        bytes: 104_857_600,
        liveBytes: 104_857_600,
      },
      {
        source: 'uploads',
        engine: 'files',
        live: '/srv/clinic/uploads',
        files: {
          newer: 12,
          changed: 1,
          deleted: 0,
          bytesNewer: 4_096,
          examples: ['scan 1.jpg'],
          samples: [
            {
              path: 'scan 1.jpg',
              change: 'new',
              sizeBytes: 2_048,
              modifiedMs: cannedNowMs - 600_000,
            },
          ],
        },
        bytes: 52_428_800,
        liveBytes: 52_432_896,
      },
    ],
    services: [
      { id: 'host', willStop: true },
      { id: 'agent', willStop: true },
    ],
    clients: [{ source: 'database', pid: 99, program: 'report.py' }],
    space: [{ path: '/srv', neededBytes: 200_000_000, freeBytes: 42_949_672_960 }],
    downtimeSeconds: 13,
    downtimeFrom: 'restore',
    undoBytes: 157_290_496,
    steps: [
      'Unpack and check database',
      'Stop agent, host',
      'Exchange database',
      'Start host, agent',
    ],
    warnings: [],
    obstacles: [],
    fingerprint: 'fingerprint-1',
    ...changes,
  };
}

/** Answers of a Kedge with a clinic, forty backups and nothing wrong. */
export function answerEverything(fake: FakeKedge): void {
  fake.snapshot = { ...fake.snapshot, backupCount: cannedBackups.length };
  fake.answer(backupList, ({ limit, filter }) => {
    const found = cannedBackups.filter(({ path }) => path.includes(filter ?? ''));
    return { total: found.length, backups: found.slice(0, limit) };
  });
  fake.answer(backupShow, ({ backup }) => {
    const found = cannedBackups.find((one) => backup.kind === 'id' && one.id === backup.id);
    return { backup: found ?? cannedBackup() };
  });
  fake.answer(backupEstimate, () => cannedEstimate);
  fake.answer(backupCreate, () => start(fake, 21, 'Back up clinic'));
  fake.answer(backupVerify, () => start(fake, 22, 'Verify a backup'));
  fake.answer(backupDelete, ({ backup }) => ({ deleted: backup }));
  fake.answer(restorePlan, () => {
    fake.notify({
      topic: 'job',
      job: cannedJob({
        id: 23,
        kind: 'plan',
        title: 'Plan a restore',
        state: { kind: 'done', result: { kind: 'plan', plan: cannedPlan() } },
      }),
    });
    return { job: 23 };
  });
  fake.answer(momentDays, () => ({
    days: [21, 20].map((day) => ({
      day: `2026-11-${day}`,
      fromMs: Date.UTC(2026, 10, day, 1),
      toMs: Date.UTC(2026, 10, day, 9),
      good: 2,
      total: 23 - day,
    })),
    older: false,
  }));
  fake.answer(momentList, ({ toMs }) => ({
    moments: [
      {
        backup: 'damaged-1',
        name: 'clinic_late.tar.zst',
        capturedAtMs: toMs,
        kind: 'full' as const,
        why: 'it is damaged: frame 3',
      },
      {
        backup: 'good-1',
        name: 'clinic_early.tar.zst',
        capturedAtMs: toMs - 3_600_000,
        kind: 'differential' as const,
      },
    ],
  }));
  fake.answer(restoreRun, () => start(fake, 24, 'Restore clinic'));
  fake.answer(undoRun, () => start(fake, 25, 'Undo'));
  fake.answer(undoList, () => ({ undos: fake.snapshot.undos }));
  fake.answer(scheduleList, () => ({ schedules: fake.snapshot.schedules, revision: 'revision-1' }));
  fake.answer(schedulePreview, ({ settings }) => ({
    words:
      settings.full.every === 'week' ? `every ${settings.full.on}` : 'every day at 02:00 (UTC)',
    nextMs: [1, 2, 3, 4, 5].map((days) => cannedNowMs + days * 86_400_000),
  }));
  fake.answer(retentionPreview, () => ({ lines: [] }));
  fake.answer(calendarRead, () => ({ entries: [] }));
  fake.answer(scheduleShow, ({ schedule }) => ({
    schedule: named(fake, schedule),
    runs: [],
    notes: [],
  }));
  fake.answer(scheduleSet, () => ({ revision: 'revision-2' }));
  fake.answer(serviceResetPlan, () => ({
    steps: (['stop', 'start'] as const).flatMap((action) =>
      ['agent', 'host'].map((service) => ({
        service,
        action,
        state: 'waiting' as const,
        detail: '',
      })),
    ),
  }));
  fake.answer(serviceReset, () => start(fake, 26, 'Reset all services', 'reset'));
  fake.answer(serviceStop, ({ service }) => ({
    service: {
      ...fake.snapshot.services[0],
      id: service,
      health: 'stopped',
      why: 'stopped',
    } as never,
  }));
  fake.answer(serviceHistory, ({ service }) => ({
    fromMs: cannedNowMs - 7 * 86_400_000,
    toMs: cannedNowMs,
    services: ['host', 'agent']
      .filter((id) => service === undefined || id === service)
      .map((id) => ({
        service: id,
        buckets: [
          null,
          'unknown',
          'healthy',
          'stopped',
          'ill',
          'failed',
          'starting',
          'healthy',
        ] as const,
        changes: [
          { atMs: cannedNowMs - 3_600_000, state: 'ill' as const, why: 'GET /health gave 503' },
          {
            atMs: cannedNowMs - 60_000,
            state: 'healthy' as const,
            why: 'running, GET /health 200',
          },
        ],
      })),
  }));
  fake.answer(serviceLogs, ({ service }) => ({ lines: [`${service} listens on 8080`] }));
  fake.answer(serviceFollowLog, ({ service, cursor }, signal) =>
    cursor === undefined
      ? { lines: [`${service} listens on 8080`], cursor: '1', gap: false }
      : new Promise((resolve) => {
          // As Kedge does where nothing is written.
          const silent = () => resolve({ lines: [], cursor, gap: false });
          const timer = setTimeout(silent, 15_000).unref();
          signal.addEventListener('abort', () => [clearTimeout(timer), silent()]);
        }),
  );
  fake.answer(jobLog, () => ({
    lines: [{ atMs: cannedNowMs, level: 'info' as const, text: 'began' }],
  }));
  fake.answer(jobCancel, ({ job }) => ({ job: cannedJob({ id: job }) }));
  fake.answer(configGet, () => ({
    path: '/etc/kedge/kedge.jsonc',
    text: '{}',
    revision: 'revision-1',
    problems: [],
  }));
  fake.answer(logTail, () => ({
    lines: [{ atMs: cannedNowMs, level: 'info' as const, text: 'Kedge works in /var/lib/kedge' }],
  }));
}

function named(fake: FakeKedge, id: string): Schedule {
  const found = fake.snapshot.schedules.find((schedule) => schedule.id === id);
  if (found === undefined)
    throw new KedgeError('not-found', { what: 'schedule', id, list: 'schedule' });
  return found;
}

function start(
  fake: FakeKedge,
  id: number,
  title: string,
  kind: 'backup' | 'reset' = 'backup',
): { job: number } {
  fake.notify({ topic: 'job', job: cannedJob({ id, title, kind }) });
  return { job: id };
}
