import * as z from 'zod';
import { SourceChange, Undo } from './restore.ts';

/**
 * What taking a restore back would do. In the changes "the backup" is what the undo keeps: what is new or changed
 * goes away, what is deleted comes back.
 */
export const UndoPreview = z.object({
  undo: Undo,
  createdAtMs: z.number(),
  application: z.string(),
  changes: z.array(SourceChange).readonly(),
  /** Of all that goes away, what the application has written since the restore. */
  written: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('known'), changes: z.array(SourceChange).readonly() }),
    z.object({ kind: z.literal('unknown'), why: z.string() }),
  ]),
  services: z.array(z.object({ id: z.string(), willStop: z.boolean() })).readonly(),
  /** Per file system; where less is free the undo is refused. */
  space: z
    .array(z.object({ path: z.string(), neededBytes: z.number(), freeBytes: z.number() }))
    .readonly()
    .optional(),
  /** Keeps what was written since, and brings back what the undo would: a merge of the safety backup. */
  keepInstead: z.string().optional(),
});
export type UndoPreview = z.infer<typeof UndoPreview>;

/** Rows and files that are live and not, or not so, in what they were compared with. */
export function writtenCounts(changes: readonly SourceChange[]): { rows: number; files: number } {
  const tables = changes.flatMap((change) => change.tables ?? []);
  const files = changes.flatMap((change) => change.files ?? []);
  return {
    rows: tables.reduce(
      (sum, { inserted, changed, deleted }) =>
        sum + (inserted ?? 0) + (changed ?? 0) + (deleted ?? 0),
      0,
    ),
    files: files.reduce((sum, { newer, changed, deleted }) => sum + newer + changed + deleted, 0),
  };
}
