import { expect, test } from 'vitest';
import * as z from 'zod';
import { Config } from '../../agent/config/config.ts';
import { formsOf, isRecord, Schema } from '../../tui/screens/settings/forms/schema.ts';

test('every setting of a source, destination and service has a title, and says what it is for', () => {
  const { properties = {} } = Schema.parse(z.toJSONSchema(Config));

  const silent = ['sources', 'stores', 'services'].flatMap((section) =>
    silentIn(properties[section] ?? {}, section),
  );

  expect(silent).toEqual([]);
});

/** Paths of settings that say nothing of themselves, each once. */
function silentIn(schema: Schema, path: string): readonly string[] {
  const found = formsOf(schema).flatMap((form) => {
    const { properties = {}, additionalProperties: of, items } = form;
    const inside = [of, items].filter(isRecord).flatMap((each: Schema) => silentIn(each, path));
    const own = Object.entries(properties).flatMap(([key, each]) => {
      const at = `${path}.${key}`;
      if (each.const !== undefined) return [];
      const isSilent = each.title === undefined || each.description === undefined;
      return [...(isSilent ? [at] : []), ...silentIn(each, at)];
    });
    return [...inside, ...own];
  });
  return [...new Set(found)];
}
