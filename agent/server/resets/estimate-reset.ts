import type { ResetReport, ResetStep } from '../../../protocol/domain/service.ts';
import { limitsOf } from '../../services/service-limits.ts';
import type { ServiceSettings } from '../../services/settings.ts';

/** What a stop or start takes beside what the configuration says, where none was measured. */
const unknownMs = 1000;
const kedgeMs = 5000;

/** How long the steps will take: each as long as the last time it was done, newest report first. */
export function estimateReset(
  steps: readonly ResetStep[],
  settings: Readonly<Record<string, ServiceSettings>>,
  reports: readonly ResetReport[],
): number {
  const past = reports.flatMap((report) => report.steps).filter(({ state }) => state === 'done');
  return steps.reduce((sum, step) => {
    const measured = past.find(
      ({ service, action }) => service === step.service && action === step.action,
    );
    return sum + (measured?.ms ?? guessMs(step, settings[step.service]));
  }, 0);
}

function guessMs({ action }: ResetStep, settings: ServiceSettings | undefined): number {
  if (action === 'restart') return kedgeMs;
  if (settings === undefined || action === 'stop') return unknownMs;
  return limitsOf(settings).stableMs + unknownMs;
}
