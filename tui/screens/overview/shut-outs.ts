import type { Service } from '../../../protocol/domain/service.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { needing } from '../../../protocol/needing.ts';
import { type Trouble, troublesOf, unseenTroubles } from './troubles.ts';

/** Whose clients are shut out on purpose, and the services that are not healthy for another reason, as far as one can tell. */
export function illBeside(snapshot: Snapshot): {
  readonly outs: readonly Trouble[];
  readonly ill: readonly Service[];
  /** What else calls for somebody. */
  readonly errors: number;
} {
  const { services } = snapshot;
  const outs = troublesOf(snapshot).filter(({ shutOut }) => shutOut !== undefined);
  const hit = needing(
    outs.map(({ shutOut = '' }) => shutOut),
    services,
  );
  const ill = services.filter(({ health, id }) => health !== 'healthy' && !hit.has(id));
  const errors = unseenTroubles(snapshot).filter(
    ({ severity, place }) => severity === 'error' && (place === undefined || !hit.has(place)),
  ).length;
  return { outs, ill, errors };
}
