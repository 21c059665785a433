import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import type { Model } from '../bench.ts';
import {
  type FormField,
  fieldId,
  formFields,
  formOf,
  readForm,
  type ScheduleForm,
} from './schedule-form.ts';
import { type SchedulePage, sameSettings, settingsNow } from './schedule-page.ts';

/** What became of the file while a form was open. */
type FormChange = 'none' | 'elsewhere' | 'differs' | 'removed';

export function formChange(model: Model, page: SchedulePage): FormChange {
  const now = page.schedule === undefined ? undefined : settingsNow(model, page.schedule);
  if (page.schedule !== undefined && now === undefined) return 'removed';
  if (!sameSettings(now, page.read)) return 'differs';
  return model.state.snapshot?.configRevision === page.revision ? 'none' : 'elsewhere';
}

/** Whether something was typed or chosen that closing the form would lose. */
export function isTyped(model: Model, page: SchedulePage): boolean {
  if (page.schedule === undefined || page.read === undefined) {
    return formFields.some((field) => (model.ui.fields[fieldId(field)]?.text ?? '') !== '');
  }
  return differencesOf(readForm(model), page.schedule, page.read).length > 0;
}

interface Difference {
  readonly field: FormField;
  readonly mine: string;
  readonly theirs: string;
}

/** Where what was typed and what stands in the file differ, as the fields of the form say it. */
export function differencesOf(
  mine: ScheduleForm,
  id: string,
  theirs: ScheduleSettings,
): readonly Difference[] {
  const there = formOf(id, theirs);
  return formFields
    .filter((field) => !unsaid.has(field) && mine[field].trim() !== there[field])
    .map((field) => ({ field, mine: mine[field].trim(), theirs: there[field] }));
}

/** They say nothing by themselves. */
const unsaid: ReadonlySet<FormField> = new Set<FormField>(['name', 'between', 'advanced']);
