import { longestWord } from '../texts/longest-word.ts';
import { texts } from '../texts/texts.ts';

/** Cells of each part. A part with 0 rows or columns is not shown. */
export interface Layout {
  readonly kind: 'too-small' | 'narrow' | 'compact' | 'wide';
  readonly columns: number;
  readonly rows: number;
  /** Column of names at the left, its dividing line included. */
  readonly sideColumns: number;
  /** The same as one line under the title. */
  readonly tabRows: number;
  readonly editorRows: number;
  /** With its line of tabs. */
  readonly panelRows: number;
}

const smallest = { columns: 40, rows: 10 };
/** Number, blanks, dividing line and a badge beside the name. */
const besideName = 6;
// Title bar, line of hints, status bar.
const fixedRows = 3;

/** Panel undefined: open where there is room for it. */
export function layout(columns: number, rows: number, panel: boolean | undefined): Layout {
  const kind = kindOf(columns, rows);
  if (kind === 'too-small') {
    return { kind, columns, rows, sideColumns: 0, tabRows: 0, editorRows: 0, panelRows: 0 };
  }
  const tabRows = kind === 'compact' ? 1 : 0;
  const body = rows - fixedRows - tabRows;
  const open = panel ?? kind === 'wide';
  const panelRows = open ? panelShare(kind, body) : 0;
  return {
    kind,
    columns,
    rows,
    sideColumns: kind === 'wide' ? longestWord(texts.workbench.views, 12) + besideName : 0,
    tabRows,
    editorRows: body - panelRows,
    panelRows,
  };
}

function kindOf(columns: number, rows: number): Layout['kind'] {
  if (columns < smallest.columns || rows < smallest.rows) return 'too-small';
  if (columns < 72 || rows < 18) return 'narrow';
  return columns >= 100 && rows >= 28 ? 'wide' : 'compact';
}

function panelShare(kind: Layout['kind'], body: number): number {
  if (kind === 'wide') return Math.max(7, Math.min(14, Math.floor(body * 0.27)));
  return Math.max(4, Math.floor(body * 0.4));
}
