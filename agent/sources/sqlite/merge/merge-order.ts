import * as z from 'zod';
import { TablePart } from '../../../../protocol/domain/restore-order.ts';

/** All rows and tables of the backup, what is only live stays; or these tables as they were. */
export const MergeWhat = z.union([
  z.literal('merge'),
  z.object({ tables: z.array(TablePart).readonly() }),
]);
export type MergeWhat = z.infer<typeof MergeWhat>;

export interface MergeOrder {
  /** A staged copy of the backup's database. Nobody else has it open, and it is not written to. */
  readonly backup: string;
  readonly live: string;
  readonly what: MergeWhat;
}
