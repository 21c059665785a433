import { slotsOf } from '../../agent/schedule/next-run.ts';
import type { Recurrence } from '../../protocol/domain/schedule.ts';

export const day = (time: string): Recurrence => ({ every: 'day', at: time });

export const cron = (text: string): Recurrence => ({ every: 'cron', cron: text });

export const berlin = 'Europe/Berlin';

export function nextRuns(rule: Recurrence, zone: string, afterMs: number, count: number): number[] {
  const slots = slotsOf(rule, zone);
  const runs: number[] = [];
  for (let at = afterMs; runs.length < count; runs.push(at)) at = slots(at).atMs;
  return runs;
}

export const iso = (runs: readonly number[]) => runs.map((run) => new Date(run).toISOString());
