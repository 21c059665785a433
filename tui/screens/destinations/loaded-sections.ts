import type { Loaded } from '../../store/ui-state.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { paragraph } from '../page-lines.ts';

/** A page with a title, and what was asked of Kedge for it: on its way, refused, or there. */
export function loadedSections<T>(
  model: Model,
  title: string,
  read: Loaded<T> | undefined,
  sections: (value: T) => readonly Section[],
): readonly Section[] {
  const heading: Section = { kind: 'lines', lines: [line(` ${title}`, 'heading')] };
  if (read === undefined || read.kind === 'loading') {
    return [heading, { kind: 'lines', lines: [line(` ${texts.workbench.loading}`, 'muted')] }];
  }
  if (read.kind === 'failed') {
    const said = paragraph(wordFailure(read.failure).message, model.editorColumns - 2, 'error');
    return [heading, { kind: 'lines', lines: said.map((one): Line => [span(' '), ...one]) }];
  }
  return [heading, ...sections(read.value)];
}
