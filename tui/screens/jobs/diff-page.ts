import type { Job } from '../../../protocol/domain/job.ts';
import { diffLines } from '../../commands/report/diff-lines.ts';
import { line } from '../../widgets/line.ts';
import type { PageSection } from '../../widgets/section.ts';

/** What a diff found, in the place of its log; undefined: this job is none that is done. */
export function diffPage({ state }: Job): PageSection | undefined {
  if (state.kind !== 'done' || state.result.kind !== 'diff') return undefined;
  const lines = diffLines(state.result.diff).map((text) => line(` ${text}`));
  return { kind: 'page', id: 'job.log', min: 3, lines: () => lines };
}
