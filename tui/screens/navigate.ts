import type { Page, ViewId } from '../store/ui-state.ts';
import type { Bench } from './bench.ts';

/** Opens a page in a view and brings the view to the front. Page undefined: its list. */
export function openPage(bench: Bench, view: ViewId, page: Page | undefined, focus?: string): void {
  bench.updateUi((ui) => {
    const { [view]: _page, ...pages } = ui.pages;
    const { [view]: _focus, ...focused } = ui.focus;
    return {
      ...ui,
      view,
      part: 'editor',
      pages: page === undefined ? pages : { ...pages, [view]: page },
      focus: focus === undefined ? focused : { ...focused, [view]: focus },
    };
  });
  bench.run({ command: 'view.show', args: { view } });
}

/** The row that is selected in a list, by what is on the screen. */
export function selectedRow<T>(bench: Bench, list: string, rows: readonly T[]): T | undefined {
  const area = bench.areas()[list];
  return area === undefined ? rows[0] : rows[area.selected];
}
