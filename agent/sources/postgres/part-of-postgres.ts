import type { PartRestore } from '../part-order.ts';
import type { ArchivedSource, SourceRestore } from '../restore-kind.ts';

/** A dump comes back as a whole. */
export function partOfPostgres(restore: SourceRestore, archived: ArchivedSource): PartRestore {
  const { name } = archived;
  return {
    archived,
    restore,
    problems: [
      `source "${name}" is a PostgreSQL database, which comes back as a whole; for single tables unpack it into a folder (--to-folder) and use pg_restore -t on "${name}/dump"`,
    ],
    warnings: [],
    merges: async () => ({ source: name }),
  };
}
