import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';

/** 21 November 2026, 12:00 UTC. */
export const cannedNowMs = Date.UTC(2026, 10, 21, 12);

export function cannedBackup(changes: Partial<Backup> = {}): Backup {
  return {
    id: '0f3a9c1e5b7d2468',
    kind: 'full',
    application: 'clinic',
    host: 'server1',
    installation: 'installation-1',
    origin: 'manual',
    capturedAtMs: cannedNowMs - 3_600_000,
    zone: 'UTC',
    path: '/var/backups/clinic/clinic_2026-11-21T11-00-00+0000_full.tar.zst',
    store: 'local',
    presence: 'present',
    sizeBytes: 52_428_800,
    contentBytes: 157_286_400,
    sha256: 'ab'.repeat(32),
    outcome: 'complete',
    gaps: [],
    sources: [{ name: 'database', engine: 'sqlite', members: 1, bytes: 104_857_600 }],
    proof: { kind: 'verified', atMs: cannedNowMs - 3_500_000 },
    integrity: 'ok',
    ...changes,
  };
}

export function cannedJob(changes: Partial<Job> = {}): Job {
  return {
    id: 7,
    kind: 'backup',
    title: 'Back up clinic',
    command: 'kedge backup create',
    origin: 'manual',
    createdAtMs: cannedNowMs - 10_000,
    startedAtMs: cannedNowMs - 9_000,
    state: {
      kind: 'running',
      progress: {
        step: 'reading database',
        bytesDone: 41_943_040,
        bytesTotal: 104_857_600,
        rate: 20_971_520,
        etaSeconds: 3,
        cancellable: true,
      },
    },
    ...changes,
  };
}

export function cannedSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    seq: 10,
    nowMs: cannedNowMs,
    application: { id: 'clinic', name: 'Clinic', version: '4.2', contact: 'IT desk, 555-0101' },
    configPath: '/etc/kedge/kedge.jsonc',
    configRevision: 'revision-1',
    sources: [
      { id: 'database', engine: 'sqlite', path: '/srv/clinic/clinic.db' },
      { id: 'uploads', engine: 'files', path: '/srv/clinic/uploads' },
    ],
    stores: [
      {
        id: 'local',
        kind: 'local',
        path: '/var/backups/clinic',
        state: 'online',
        freeBytes: 42_949_672_960,
        totalBytes: 107_374_182_400,
        backups: 3,
        bytes: 157_286_400,
      },
    ],
    services: [
      {
        id: 'host',
        role: 'host',
        manager: 'process',
        dependsOn: [],
        health: 'healthy',
        why: 'running, GET /health 200',
        sinceMs: cannedNowMs - 86_400_000,
        pid: 4711,
        restarts: 0,
      },
      {
        id: 'agent',
        role: 'agent',
        manager: 'process',
        dependsOn: ['host'],
        health: 'healthy',
        why: 'running',
        sinceMs: cannedNowMs - 86_400_000,
        pid: 4712,
        restarts: 0,
      },
    ],
    schedules: [
      {
        id: 'nightly',
        settings: {
          full: { every: 'day', at: '02:00' },
          store: 'local',
          zone: 'UTC',
          deleteOlderThan: '30 days',
        },
        words: 'every day at 02:00 (UTC)',
        nextMs: cannedNowMs + 14 * 3_600_000,
        lastRun: { atMs: cannedNowMs - 10 * 3_600_000, job: 5, outcome: 'complete' },
      },
    ],
    jobs: [],
    undos: [],
    problems: [],
    backupCount: 3,
    recovered: [],
    ...changes,
  };
}
