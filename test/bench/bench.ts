import type { ApplicationData } from './data/application-data.ts';
import type { Row } from './row.ts';

/** What every group measures with. */
export interface Bench {
  /** Small data and short windows: shows that the bench works, and gross changes. */
  readonly quick: boolean;
  /** How often each contestant runs. */
  readonly runs: number;
  /** Everything that is written lies below; removed at the end. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** The application to protect; generated when first asked for. */
  data(): Promise<ApplicationData>;
  say(text: string): void;
}

/** Rows of the table that belong together, measured in one go. */
export type Group = (bench: Bench) => Promise<readonly Row[]>;
