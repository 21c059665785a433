import { texts } from '../../texts/texts.ts';
import type { ListSection, Section } from '../../widgets/section.ts';
import { spokenLine, spokenLines } from './spoken-line.ts';

/** Cells that a row may take: more than a screen has, so that no column is left out. */
export const spokenCells = 200;

/** A line, and of what that can have the focus. */
export interface SpokenPart {
  readonly region: string | undefined;
  readonly text: string;
}

/** All that a screen says: texts whole, of lists how long they are. */
export function spokenSections(sections: readonly Section[]): readonly SpokenPart[] {
  return sections.flatMap((section) => {
    const region = 'id' in section ? section.id : undefined;
    return spokenSection(section).map((text) => ({ region, text }));
  });
}

function spokenSection(section: Section): readonly string[] {
  const words = texts.aloud;
  switch (section.kind) {
    case 'lines':
      return spokenLines(section.lines);
    case 'aside':
      return spokenLines(section.lines(spokenCells));
    case 'page':
      return spokenLines(section.lines(spokenCells));
    case 'list':
      return [`${titleOf(section)}${words.list(section.count)}`];
    case 'field':
      return [`${words.field(section.label)}${section.value.text}`];
    case 'choice': {
      const chosen = section.options.find(({ value }) => value === section.value);
      return [`${section.label}: ${chosen?.label ?? section.value}`];
    }
    case 'buttons':
    case 'grid':
      return [];
    default:
      return section satisfies never;
  }
}

/** "Backups. " */
export function titleOf({ title }: ListSection): string {
  const text = title === undefined ? '' : spokenLine(title);
  return text === '' ? '' : `${text}. `;
}
