import type { Row, Unit } from '../row.ts';
import { median } from './statistics.ts';

/** A row from the raw values of all runs. */
export function measured(
  what: string,
  unit: Unit,
  samples: readonly number[],
  more: {
    readonly budget?: Row['budget'];
    readonly peer?: readonly [string, readonly number[]];
  } = {},
): Row {
  const { budget, peer } = more;
  const row: Row = { what, unit, samples, value: median(samples) };
  return {
    ...row,
    ...(budget === undefined ? {} : { budget }),
    ...(peer === undefined
      ? {}
      : { peer: { name: peer[0], samples: peer[1], value: median(peer[1]) } }),
  };
}
