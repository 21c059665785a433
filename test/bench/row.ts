/** One line of the table. Raw values stay with it, for the JSON. */
export interface Row {
  readonly what: string;
  /** Median of `samples`. */
  readonly value: number;
  readonly unit: Unit;
  readonly samples: readonly number[];
  /** The same by another tool, or without what is measured; in the same unit. */
  readonly peer?: {
    readonly name: string;
    readonly value: number;
    readonly samples: readonly number[];
  };
  /** Of DESIGN's table of budgets. `ratio` is value / peer, `excess` is value - peer. */
  readonly budget?: {
    readonly of: 'value' | 'ratio' | 'excess';
    readonly must: number;
    readonly goal: number;
  };
  /** Instead of a figure: why there is none. */
  readonly absent?: string;
}

export type Unit = 's' | 'ms' | 'MiB' | '%' | 'bytes' | 'MiB/s' | 'tx/s' | '';

export type Verdict = 'goal' | 'must' | 'MISSED' | '';

/** What the budget is held against; undefined where there is none. */
export function budgeted(row: Row): number | undefined {
  const { budget, peer, value } = row;
  if (budget === undefined || row.absent !== undefined) return undefined;
  switch (budget.of) {
    case 'value':
      return value;
    case 'ratio':
      return peer === undefined ? undefined : value / peer.value;
    case 'excess':
      return peer === undefined ? undefined : value - peer.value;
    default:
      return budget.of satisfies never;
  }
}

export function verdictOf(row: Row): Verdict {
  const { budget } = row;
  const found = budgeted(row);
  if (budget === undefined || found === undefined) return '';
  if (found <= budget.goal) return 'goal';
  return found <= budget.must ? 'must' : 'MISSED';
}

/** A row without figures. */
export function absentRow(what: string, absent: string): Row {
  return { what, value: Number.NaN, unit: '', samples: [], absent };
}
