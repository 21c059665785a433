import type { Problem } from '../../../protocol/domain/snapshot.ts';
import { wordAgo } from '../../texts/moment.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import { wordWrap } from '../../widgets/word-wrap.ts';
import type { Model } from '../bench.ts';

/** A problem with its place and what to do about it, wrapped. The word says how bad; no colour alone does. */
export function problemLines(problem: Problem, model: Model, width: number): readonly Line[] {
  const word = problem.severity === 'error' ? 'ERROR' : 'WARNING';
  const tone = problem.severity === 'error' ? 'error' : 'warning';
  const place = problem.place === undefined ? '' : `  (${problem.place})`;
  const text = `${problem.text}${place}, ${wordAgo(problem.sinceMs, model.nowMs)}`;
  const [first = '', ...rest] = wordWrap(text, width - 9);
  return [
    [span(word.padEnd(9), tone), span(first)],
    ...rest.map((row) => line(' '.repeat(9) + row)),
    ...(problem.hint === undefined
      ? []
      : wordWrap(`${model.glyphs.arrow} ${problem.hint}`, width - 9).map((row) =>
          line(' '.repeat(9) + row, 'muted'),
        )),
  ];
}
