import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { Config } from '../../../agent/config/config.ts';
import type { ConfigPath } from '../../../protocol/domain/config-change.ts';
import { entryWords } from '../../../tui/screens/settings/forms/form-page.ts';
import { type FormRow, formRows } from '../../../tui/screens/settings/forms/form-rows.ts';
import { formsOf, Schema } from '../../../tui/screens/settings/forms/schema.ts';
import { speak } from '../../../tui/texts/speak.ts';
import { wordWrap } from '../../../tui/widgets/word-wrap.ts';

afterEach(async () => await speak('en'));

/** All that the configuration lets one set, on pages of their own too. */
function rowsBelow(schema: Schema, path: ConfigPath): readonly FormRow[] {
  return formsOf(schema).flatMap((form) =>
    formRows(form, {}, path).flatMap((row) => [row, ...rowsOfPage(row)]),
  );
}

function rowsOfPage({ entry, path }: FormRow): readonly FormRow[] {
  if (entry.kind === 'forms') return entry.forms.flatMap((form) => rowsBelow(form, path));
  if (entry.kind === 'part') return rowsBelow(entry.schema, path);
  return entry.kind === 'add' ? rowsBelow(entry.schema, [...path, 'name']) : [];
}

const all = rowsBelow(Schema.parse(z.toJSONSchema(Config)), []);
/** Of five below the list one is empty, and one has the path of the setting. */
const [lines, cells] = [3, 78];

test.each(['en', 'de', 'fa'] as const)(
  'at 80 columns there is room for all that is said of a setting (%s)',
  async (language) => {
    await speak(language);

    const tooLong = all.filter(
      (row) =>
        [row.summary, entryWords(row)].flatMap((text) => wordWrap(text, cells)).length > lines,
    );

    expect([all.length > 100, tooLong.map(({ id }) => id)]).toEqual([true, []]);
  },
);
