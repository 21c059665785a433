import { texts } from '../../texts/texts.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import type { ChoiceSection, FieldSection, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { fieldState } from '../form-values.ts';
import { bullet } from '../page-lines.ts';
import type { Faults } from './read-settings.ts';
import { type FormField, fieldId, type ScheduleForm } from './schedule-form.ts';

const words = texts.schedules;

/** Makes the sections of one field: itself, and below it what is wrong with it. */
export interface FieldDrawer {
  field(name: FormField, note?: string): readonly Section[];
  small(name: FormField, note?: string): readonly Section[];
  choice(name: FormField, options: readonly Option[], note?: string): readonly Section[];
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

const smallCells = 10;
const indent = ' '.repeat(16);

/** `cells` that the form has. */
export function fieldDrawer(
  model: Model,
  form: ScheduleForm,
  faults: Faults,
  cells: number,
): FieldDrawer {
  const width = cells - indent.length - 1;
  const faultLines = (name: FormField): readonly Section[] => {
    const fault = faults[name];
    if (fault === undefined) return [];
    const lines = bullet('!', fault, width, 'error').map((one): Line => [span(indent), ...one]);
    return [{ kind: 'lines', lines }];
  };
  const field = (name: FormField, note: string, fixed?: number): FieldSection => ({
    kind: 'field',
    id: fieldId(name),
    label: words.fields[name],
    value: fieldState(model, fieldId(name), form[name]),
    placeholder: placeholderOf(name),
    ...(note === '' ? {} : { note: line(note, 'muted') }),
    ...(fixed === undefined ? {} : { cells: fixed }),
    ...(name === 'zone' ? { submit: { command: 'schedules.zone' } } : {}),
  });
  return {
    field: (name, note = '') => [field(name, note), ...faultLines(name)],
    small: (name, note = '') => [field(name, note, smallCells), ...faultLines(name)],
    choice: (name, options, note = '') => [
      choice(name, form[name], options, note),
      ...faultLines(name),
    ],
  };
}

function placeholderOf(name: FormField): string {
  const examples: Readonly<Partial<Record<FormField, string>>> = words.examples;
  return examples[name] ?? '';
}

function choice(
  name: FormField,
  value: string,
  options: readonly Option[],
  note: string,
): ChoiceSection {
  return {
    kind: 'choice',
    id: fieldId(name),
    label: words.fields[name],
    value,
    options,
    ...(note === '' ? {} : { note: line(note, 'muted') }),
  };
}
