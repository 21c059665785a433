import type { FieldState } from '../store/ui-state.ts';
import { textState } from '../widgets/text-edit.ts';
import type { Bench, Model } from './bench.ts';

/** A field as it was left, or its preset. */
export function fieldState(model: Model, id: string, preset = ''): FieldState {
  return model.ui.fields[id] ?? textState(preset);
}

export function fieldText(model: Model, id: string, preset = ''): string {
  return fieldState(model, id, preset).text;
}

/** Puts several fields at once; undefined goes back to the preset. */
export function setFields(
  bench: Bench,
  values: Readonly<Record<string, string | undefined>>,
): void {
  bench.updateUi((ui) => {
    const fields: Record<string, FieldState> = { ...ui.fields };
    for (const [id, value] of Object.entries(values)) {
      if (value === undefined) delete fields[id];
      else fields[id] = textState(value);
    }
    return { ...ui, fields };
  });
}
