import type { ServiceSettings } from './settings.ts';

/** The deadlines and permissions of a service, defaults filled in. */
export interface ServiceLimits {
  readonly startMs: number;
  readonly stopMs: number;
  readonly stableMs: number;
  readonly onStopTimeout: 'ask' | 'kill' | 'abort';
}

export function limitsOf(settings: ServiceSettings): ServiceLimits {
  return {
    startMs: (settings.startTimeoutSeconds ?? 60) * 1000,
    stopMs: (settings.stopTimeoutSeconds ?? 10) * 1000,
    stableMs: (settings.stableSeconds ?? 2) * 1000,
    onStopTimeout: onStopTimeout(settings),
  };
}

function onStopTimeout(settings: ServiceSettings): ServiceLimits['onStopTimeout'] {
  const chosen = settings.onStopTimeout ?? (settings.allowKill === true ? 'kill' : 'ask');
  // A killed database may need hours of recovery, or lose what it had promised.
  return chosen === 'kill' && settings.role === 'database' ? 'ask' : chosen;
}
