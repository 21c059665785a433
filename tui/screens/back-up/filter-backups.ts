import type { UiState } from '../../store/ui-state.ts';
import type { Bench } from '../bench.ts';

/** Reads the backups that a list is filtered to: there are more than are at hand here. */
export function filterBackups(bench: Bench, list: string): void {
  const { state, ui } = bench.model();
  const { wanted, filter } = state.backups;
  const asked = ui.lists[list]?.filter?.text.trim() ?? '';
  if (wanted === 0 || asked === filter) return;
  void bench.session.loadBackups(firstRead, asked).catch(() => undefined);
}

/** Backups that are at hand until somebody goes further down; then so many more, well before they are needed. */
const firstRead = 1_000;
const readMore = 1_000;
const ahead = 100;

/** Changes when a list is moved so far down that more are needed. */
export function readingKey({ places }: UiState, list: string): string {
  return `${list} ${Math.floor(((places[list]?.selected ?? 0) + ahead) / readMore)}`;
}

/** Reads on where the selected row is near the last one at hand. */
export function readOn(bench: Bench, list: string): void {
  const { state, ui } = bench.model();
  const { items, total, wanted, filter } = state.backups;
  const isNear = (ui.places[list]?.selected ?? 0) + ahead >= items.length;
  if (!isNear || items.length >= total || items.length < wanted) return;
  void bench.session.loadBackups(wanted + readMore, filter).catch(() => undefined);
}
