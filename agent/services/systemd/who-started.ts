import { namesIn, showProperties, type UnitFacts } from './unit-facts.ts';

/** Where there is nobody to be named. */
export const unnamed = 'somebody or something that systemd does not name';

/** Those whose start brings it, besides its sockets and timers. */
const bringers = ['RequiredBy', 'WantedBy', 'BoundBy', 'UpheldBy', 'TriggeredBy'];

/**
 * What may have started a unit that nobody here asked for: its active sockets first, then who wants it. '': none of
 * them is active, as between two runs of one that ends again and again.
 */
export async function whoStarted({ unit }: UnitFacts, signal: AbortSignal): Promise<string> {
  const shown = await showProperties([unit], ['Restart', ...bringers], signal);
  const names = bringers
    .toReversed()
    .flatMap((name) => namesIn(shown.get(unit)?.get(name) ?? ''))
    .filter((name) => !name.endsWith('.target'));
  const states = await showProperties(names, ['ActiveState'], signal);
  return names.find((name) => ['active', 'activating'].includes(stateOf(states, name))) ?? '';
}

function stateOf(states: ReadonlyMap<string, ReadonlyMap<string, string>>, name: string): string {
  return states.get(name)?.get('ActiveState') ?? '';
}
