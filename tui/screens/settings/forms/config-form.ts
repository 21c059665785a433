import { texts } from '../../../texts/texts.ts';
import type { Model } from '../../bench.ts';
import type { Form } from './form-page.ts';
import { entryText, type FormRow, formRows } from './form-rows.ts';
import { Schema } from './schema.ts';

/** kedge.jsonc as a form, drawn from the schema that Kedge describes it with; undefined: not read yet. */
export function configForm({ ui }: Pick<Model, 'ui'>): Form | undefined {
  const { config, schema } = ui.data;
  if (config?.kind !== 'ready' || schema?.kind !== 'ready') return undefined;
  const rows = formRows(Schema.parse(schema.value), config.value.values);
  return {
    name: 'config-form',
    title: config.value.path,
    rows,
    problems: problemsOf(rows, config.value.problems),
    wordValue,
  };
}

/** The message of a problem begins with the path of what it is about. */
function problemsOf(
  rows: readonly FormRow[],
  problems: readonly { readonly message: string }[],
): ReadonlyMap<string, string> {
  const found = rows.flatMap(({ id }): [string, string][] => {
    const problem = problems.find(({ message }) => message.startsWith(`${id}: `));
    return problem === undefined ? [] : [[id, problem.message.slice(id.length + 2)]];
  });
  return new Map(found);
}

function wordValue({ entry }: FormRow, value: unknown): string {
  if (typeof value === 'boolean') return value ? texts.forms.on : texts.forms.off;
  return entryText(value, entry);
}
