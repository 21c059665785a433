import type { Model } from '../../bench.ts';
import { configForm, entryForm } from './config-form.ts';
import type { Form, FormName } from './form-page.ts';
import { preferencesForm } from './preferences.ts';

/** Undefined: what it is drawn from is not read yet. */
export function formNamed(model: Model, name: FormName): Form | undefined {
  switch (name) {
    case 'preferences':
      return preferencesForm(model);
    case 'config-form':
      return configForm(model);
    case 'config-entry':
      return entryForm(model);
    default:
      return name satisfies never;
  }
}
