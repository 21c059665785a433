import {
  type ConfigChange,
  type ConfigPath,
  changesBetween,
} from '../../../../protocol/domain/config-change.ts';
import { configTry } from '../../../../protocol/methods/config.ts';
import type { ListViews } from '../../../store/list-view.ts';
import type { Bench } from '../../bench.ts';
import { openPage } from '../../navigate.ts';
import { type EntryPage, entryForm, entryPage } from './config-form.ts';
import { formList } from './form-page.ts';
import { missingIn } from './form-rows.ts';

const list = formList('config-entry');

/** What saving the entry that is open would change in the file. */
export function draftChanges({ path, read, draft }: EntryPage): readonly ConfigChange[] {
  return changesBetween(read, draft, path);
}

export function isDirty(page: EntryPage): boolean {
  return draftChanges(page).length > 0;
}

/** Opens an entry; `read` absent: a new one. */
export function openEntry(bench: Bench, page: Omit<EntryPage, 'kind' | 'at'>): void {
  forgetPlace(bench);
  openPage(bench, 'settings', { kind: 'config-entry', at: [], ...page }, list);
  tryDraft(bench);
}

export function changeEntry(bench: Bench, change: (page: EntryPage) => EntryPage): void {
  const page = entryPage(bench.model());
  if (page === undefined) return;
  const next = change(page);
  bench.updateUi((ui) => ({ ...ui, pages: { ...ui.pages, settings: next } }));
  tryDraft(bench);
}

/** Goes into a part of the entry, or out of it. */
export function goInEntry(bench: Bench, at: ConfigPath): void {
  forgetPlace(bench);
  bench.updateUi((ui) => ({ ...ui, focus: { ...ui.focus, settings: list } }));
  changeEntry(bench, (page) => ({ ...page, at }));
}

/** Another part has other rows: where the list stood and what was filtered means nothing there. */
function forgetPlace(bench: Bench): void {
  bench.updateUi((ui) => {
    const { [list]: _left, ...places } = ui.places;
    return { ...ui, places, lists: withoutFilter(ui.lists, list) };
  });
}

export function withoutFilter(lists: ListViews, id: string): ListViews {
  const { filter: _filter, ...view } = lists[id] ?? {};
  return { ...lists, [id]: view };
}

/** The row of a setting that is still needed, where there is one: it is what is entered next. */
export function selectMissing(bench: Bench): void {
  const rows = entryForm(bench.model())?.rows ?? [];
  const [missing] = missingIn(rows);
  if (missing === undefined) return;
  const place = { selected: rows.indexOf(missing), top: 0, key: missing.id };
  bench.updateUi((ui) => ({ ...ui, places: { ...ui.places, [list]: place } }));
}

/** Asks Kedge what would be wrong with it. */
function tryDraft(bench: Bench): void {
  const page = entryPage(bench.model());
  if (page === undefined) return;
  const changes = draftChanges(page);
  // Shown until the next answer: a form that blinks at each value is hard to read.
  bench.load('draft', page.path.join('.'), async () => {
    const { problems } = await bench.session.call(configTry, { changes });
    return problems;
  });
}
