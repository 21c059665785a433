import type { SchemaChange, TableDiff } from '../../protocol/domain/diff.ts';

/** How the content of one member of an engine differs from that of another; `problem`: why that can't be said. */
export interface ContentDiff {
  readonly schema: readonly SchemaChange[];
  readonly tables: readonly TableDiff[];
  readonly problem?: string;
}
