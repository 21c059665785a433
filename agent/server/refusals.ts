import type { State } from '../state/state.ts';
import { auditedParams } from './audited.ts';
import type { Asker } from './door.ts';

/** One of a kind a minute: whoever may do nothing must not be able to fill the disk with having been told so. */
const everyMs = 60_000;

/** Notes calls that were refused for want of a role. */
export interface Refusals {
  note(method: string, params: unknown, asker: Asker): void;
}

export function noteRefusals(state: State, now: () => number): Refusals {
  const noted = new Map<string, number>();
  return {
    note(method, params, asker) {
      const atMs = now();
      const kind = `${asker.socket} ${method}`;
      const last = noted.get(kind);
      if (last !== undefined && Math.abs(atMs - last) < everyMs) return;
      noted.set(kind, atMs);
      const record = { atMs, method, params: auditedParams(method, params), ...asker };
      state.audit.refused(record, 'forbidden');
    },
  };
}
