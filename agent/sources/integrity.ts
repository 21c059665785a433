/** What an engine says of captured content; `problem` absent: sound. Notes are worth a line, no more. */
export interface IntegrityCheck {
  readonly problem?: string;
  readonly notes: readonly string[];
}
