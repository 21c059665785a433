import { expect, test } from 'vitest';
import { topicIds } from '../../tui/commands/help/topics.ts';
import { helpTopicTexts } from '../../tui/texts/english/help-texts.ts';
import type { HelpBodies } from '../../tui/texts/help-bodies.ts';
import { languageIds } from '../../tui/texts/language.ts';
import { loadLanguage } from '../../tui/texts/speak.ts';

const pages = (
  await Promise.all(
    languageIds
      .filter((id) => id !== 'en')
      .map(async (id) => {
        const bodies: HelpBodies = (await loadLanguage(id))?.helpBodies ?? {};
        return topicIds.map((topic) => [id, topic, bodies[topic] ?? ''] as const);
      }),
  )
).flat();

/** Command lines, options, keys of the configuration and places: what is the same in every language. */
function facts(body: string) {
  const lines = body.split('\n');
  const found = (pattern: RegExp): readonly string[] => [...new Set(body.match(pattern))].sort();
  return {
    commands: lines.filter((line) => /^ {2}\S/.test(line) && !/^ {2}\d/.test(line)),
    codes: lines.flatMap((line) => /^ {2}(\d+) /.exec(line)?.[1] ?? []),
    headings: lines.filter((line) => line.startsWith('## ')).length,
    points: lines.filter((line) => line.startsWith('- ')).length,
    options: found(/--[a-z][a-z-]+/g),
    places: found(/(?:~|\$KEDGE_HOME|\/etc|\/var|\/opt|\/run|\/usr)[\w./-]*\w/g),
  };
}

test.each(pages)('in %s the page %s says what the English one says', (_language, topic, body) => {
  expect(facts(body)).toEqual(facts(helpTopicTexts[topic].body));
});
