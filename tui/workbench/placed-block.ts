import type { Line } from '../widgets/line.ts';

/** Lines to lay over the workbench, with the cell of their left top corner. */
export interface PlacedBlock {
  readonly lines: readonly Line[];
  readonly column: number;
  readonly row: number;
}
