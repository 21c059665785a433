import type { Model } from '../screens/bench.ts';
import { unseenTroubles } from '../screens/overview/troubles.ts';
import { texts } from '../texts/texts.ts';

/** Of the terminal's window: the application, and what needs attention. */
export function windowTitle({ state }: Pick<Model, 'state'>): string {
  const { snapshot, connection } = state;
  const name = snapshot?.application?.name;
  const of = name === undefined ? 'Kedge' : `Kedge: ${name}`;
  if (connection.kind === 'lost') return `${of} (${texts.workbench.notReachable})`;
  const troubles = snapshot === undefined ? [] : unseenTroubles(snapshot);
  const errors = troubles.filter(({ severity }) => severity === 'error').length;
  const words = texts.workbench.troubles(errors, troubles.length - errors);
  return words === '' ? of : `${of} (${words})`;
}
