import type { RetentionRule } from '../../agent/retention/verdict.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const now = Date.parse('2026-11-21T12:00Z');
export const sourceGap = { kind: 'source', source: 'db', path: '', reason: 'damaged' } as const;

/** Schedule "nightly" into "disk", in UTC. */
export function nightly(
  settings: Partial<ScheduleSettings> = {},
  more: Partial<RetentionRule> = {},
): RetentionRule {
  const full = { every: 'day', at: '02:00' } as const;
  return {
    id: 'nightly',
    settings: { full, store: 'disk', zone: 'UTC', ...settings },
    ...more,
  };
}

/** A good full of that schedule. */
export function oldBackup(id: string, ageDays: number, more: Partial<Backup> = {}): Backup {
  return {
    id,
    kind: 'full',
    application: 'clinic',
    host: 'server',
    installation: 'here',
    origin: 'schedule',
    schedule: 'nightly',
    capturedAtMs: now - ageDays * dayMs,
    zone: 'UTC',
    path: `/store/${id}.tar.zst`,
    store: 'disk',
    presence: 'present',
    sizeBytes: 1,
    contentBytes: 1,
    outcome: 'complete',
    gaps: [],
    sources: [],
    proof: { kind: 'verified', atMs: now },
    integrity: 'ok',
    ...more,
  };
}
