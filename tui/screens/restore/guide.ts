import { texts } from '../../texts/texts.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';

const words = texts.restore;

/** Where in the steps of a restore a page stands; a narrow window shows the one at work. */
export function guide(step: number, width: number): Section {
  const steps = words.guide.map((text, index): Line[number] =>
    index === step
      ? span(`[${index + 1} ${text}]`, 'heading')
      : span(` ${index + 1} ${text} `, 'muted'),
  );
  const active = steps[step];
  const length = steps.reduce((sum, { text }) => sum + text.length, 0);
  const fits = width >= length;
  return { kind: 'lines', lines: [fits || active === undefined ? steps : [active], emptyLine] };
}
