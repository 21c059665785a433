import { KedgeError } from '../../../protocol/failures.ts';
import type { Preflight } from '../source.ts';
import type { TreeSize } from './measure-trees.ts';

/** What a measure of trees means for a backup; a source that cannot be captured is an answer, not an error. */
export async function preflightOf(
  source: string,
  measure: () => Promise<TreeSize>,
): Promise<Preflight> {
  try {
    const { contentBytes, files, problems } = await measure();
    const warnings =
      problems === 0
        ? []
        : [`source "${source}": ${problems} files or folders cannot be read and will be missing`];
    return { contentBytes, files, scratchBytes: 0, warnings };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return { contentBytes: 0, files: 0, scratchBytes: 0, warnings: [], problem: error.failure };
  }
}
