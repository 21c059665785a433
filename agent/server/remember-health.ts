import type { HealthChange, Service } from '../../protocol/domain/service.ts';
import { errorMessage } from '../os/error-code.ts';
import { notLookedAt } from '../services/health.ts';
import type { ServiceHistory } from '../state/service-history.ts';

/** Writes down every change of a service's health, and when nobody looked. */
export interface HealthMemory extends Disposable {
  take(services: readonly Service[]): void;
}

export interface HealthMemoryOptions {
  readonly history: ServiceHistory;
  readonly now: () => number;
  readonly warn: (text: string) => void;
}

const seenEveryMs = 5 * 60_000;
/** Less is a restart of Kedge, which is no gap to speak of. */
const gapMs = seenEveryMs + 60_000;

export function rememberHealth({ history, now, warn }: HealthMemoryOptions): HealthMemory {
  const states = new Map<string, HealthChange['state']>();
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      warn(`the history of the services was not written: ${errorMessage(error)}`);
    }
  };
  const change = (service: string, state: HealthChange['state'], why: string): void => {
    if (states.get(service) === state) return;
    states.set(service, state);
    attempt(() => history.add(service, { atMs: now(), state, why }));
  };
  const see = (): void => attempt(() => history.setSeen(now()));
  attempt(() => {
    markGap(history, now());
    for (const id of history.services()) states.set(id, history.last(id)?.state ?? 'unknown');
  });
  see();
  const seeing = setInterval(see, seenEveryMs).unref();
  return {
    take(services) {
      for (const { id, health, why } of services) if (why !== notLookedAt) change(id, health, why);
      const named = new Set(services.map(({ id }) => id));
      for (const id of states.keys())
        if (!named.has(id)) change(id, 'unknown', 'not in the configuration');
    },
    [Symbol.dispose]() {
      clearInterval(seeing);
      see();
    },
  };
}

/** Nobody knows what was while Kedge did not run. */
function markGap(history: ServiceHistory, nowMs: number): void {
  const seenMs = history.seenMs();
  if (seenMs === undefined || nowMs - seenMs < gapMs) return;
  for (const id of history.services()) {
    if (history.last(id)?.state === 'unknown') continue;
    history.add(id, { atMs: seenMs, state: 'unknown', why: 'Kedge did not run' });
  }
}
