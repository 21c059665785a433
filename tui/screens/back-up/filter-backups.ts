import type { Bench } from '../bench.ts';

/** Reads the backups that a list is filtered to: there are more than are at hand here. */
export function filterBackups(bench: Bench, list: string): void {
  const { state, ui } = bench.model();
  const { wanted, filter } = state.backups;
  const asked = ui.lists[list]?.filter?.text.trim() ?? '';
  if (wanted === 0 || asked === filter) return;
  void bench.session.loadBackups(wanted, asked).catch(() => undefined);
}
