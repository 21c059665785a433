import * as z from 'zod';
import { isSetting } from '../../../host/settings/parse-settings.ts';
import { type SettingName, Settings } from '../../../host/settings/settings.ts';
import type { PreferenceWords } from '../../../texts/english/preference-texts.ts';
import { texts } from '../../../texts/texts.ts';
import type { Model } from '../../bench.ts';
import type { Form } from './form-page.ts';
import { type FormRow, formRows } from './form-rows.ts';
import { Schema } from './schema.ts';

const schema = Schema.parse(z.toJSONSchema(Settings, { io: 'input' }));

/** The settings of the interface as a form. What is in force is shown, wherever it comes from. */
export function preferencesForm({ settings }: Pick<Model, 'settings'>): Form {
  return {
    name: 'preferences',
    title: texts.forms.preferences,
    rows: formRows(schema, settings).map(worded),
    problems: new Map(),
    wordValue,
  };
}

function wordsOf(name: SettingName): PreferenceWords {
  return texts.preferences[name];
}

function worded(row: FormRow): FormRow {
  if (!isSetting(row.id)) return row;
  const { title, summary } = wordsOf(row.id);
  return { ...row, title, summary, group: texts.forms.interfaceGroup, required: false };
}

function wordValue({ id }: FormRow, value: unknown): string {
  if (typeof value === 'boolean') return value ? texts.forms.on : texts.forms.off;
  const text = String(value);
  if (id.endsWith('Ms')) return `${text} ms`;
  return isSetting(id) ? (wordsOf(id).choices?.[text] ?? switchWord(text)) : text;
}

function switchWord(text: string): string {
  if (text === 'on') return texts.forms.on;
  return text === 'off' ? texts.forms.off : text;
}
