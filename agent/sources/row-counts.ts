/** Rows per table of a member's content; what could not be counted is a note. */
export interface RowCounts {
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly notes: readonly string[];
}
