import { withDependents } from './order-services.ts';
import type { ResetControl } from './reset-control.ts';
import type { StepBoard } from './step-board.ts';

export interface StartOptions {
  readonly control: ResetControl;
  readonly board: StepBoard;
  /** Told before each one. */
  readonly before: (id: string) => Promise<void>;
}

/**
 * Starts services one after the other, each proven healthy. After a failure it goes on with those that do
 * not depend on the failed one. Answers those that are not up.
 */
export async function startInOrder(
  ids: readonly string[],
  { control, board, before }: StartOptions,
): Promise<ReadonlySet<string>> {
  // Never cancelled: half an application is worse than a wait. Each start has its own deadline.
  const { signal } = new AbortController();
  const down = new Set<string>();
  for (const id of ids) {
    const missing = downBelow(id, down, control.settings);
    if (missing !== undefined) board.skip('start', id, `needs ${missing}, which is not up`);
    await before(id);
    const up =
      missing === undefined && (await board.run('start', id, () => control.start(id, signal)));
    if (!up) down.add(id);
  }
  return down;
}

function downBelow(
  id: string,
  down: ReadonlySet<string>,
  settings: ResetControl['settings'],
): string | undefined {
  return [...down].find((failed) => withDependents([failed], settings).has(id));
}
