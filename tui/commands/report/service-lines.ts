import type { ResetReport, ResetStep, Service } from '../../../protocol/domain/service.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { reportTexts } from '../../texts/texts.ts';
import { formatDistance, formatDuration } from '../../texts/time.ts';
import { wordWhy } from '../../texts/word-why.ts';
import { table } from '../table.ts';

export function serviceTable(services: readonly Service[], nowMs: number): readonly string[] {
  return table(
    [
      { title: 'SERVICE' },
      { title: 'ROLE' },
      { title: 'HEALTH' },
      { title: 'SINCE' },
      { title: 'MEMORY', align: 'right' },
      { title: 'PID', align: 'right' },
      { title: 'WHY' },
    ],
    services.map((service) => [
      service.id,
      service.role,
      service.health,
      formatDistance(service.sinceMs, nowMs),
      service.memoryBytes === undefined ? '-' : formatBytes(service.memoryBytes),
      service.pid === undefined ? '-' : String(service.pid),
      wordWhy(service, nowMs),
    ]),
  );
}

/** What no step has, as in a plan, takes no column. */
export function resetStepLines(steps: readonly ResetStep[]): readonly string[] {
  const isTimed = steps.some(({ ms }) => ms !== undefined);
  const isDetailed = steps.some(({ detail }) => detail !== '');
  return table(
    [
      { title: 'STEP' },
      { title: 'SERVICE' },
      { title: 'STATE' },
      ...(isTimed ? [{ title: 'TOOK', align: 'right' } as const] : []),
      ...(isDetailed ? [{ title: 'DETAIL' }] : []),
    ],
    steps.map((step) => [
      step.action,
      step.service,
      step.state,
      ...(isTimed ? [step.ms === undefined ? '-' : formatDuration(step.ms / 1000)] : []),
      ...(isDetailed ? [step.detail] : []),
    ]),
  );
}

export function resetLines(report: ResetReport): readonly string[] {
  const retried =
    report.retried.length === 0 ? [] : [reportTexts.retried(report.retried.join(', '))];
  const notes = (report.notes ?? []).map(reportTexts.warning);
  return [`Reset: ${report.outcome}`, ...resetStepLines(report.steps), ...notes, ...retried];
}
