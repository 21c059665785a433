import { texts } from '../../texts/texts.ts';
import { line } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { entryPage } from './forms/config-form.ts';
import { isDirty } from './forms/entry-draft.ts';
import { isTested } from './test-entry.ts';

const words = texts.forms;

/** What can be done with the entry that is open, and whether it is saved. */
export function entrySections(model: Model): readonly Section[] {
  const page = entryPage(model);
  if (page === undefined) return [];
  const { path, at, read } = page;
  const isNew = read === undefined;
  const dirty = isDirty(page);
  const button = (id: string, label: string): Button => ({
    id: `settings.${id}`,
    label,
    action: { command: `settings.${id}-entry`, args: id === 'save' ? {} : { whole: true } },
  });
  const isNamed = path.length > 1 && at.length === 0;
  const buttons = [
    button('save', words.commands.save),
    ...(isTested(path) ? [button('test', words.commands.test)] : []),
    ...(isNamed
      ? [button('copy', words.commands.copy), button('rename', words.commands.rename)]
      : []),
    ...(isNew && at.length === 0 ? [] : [button('remove', words.commands.remove)]),
    button('leave', words.commands.close),
  ];
  const state = isNew ? words.isNew : dirty ? words.isDirty : words.isSaved;
  return [
    { kind: 'lines', lines: [line(` ${state}`, dirty ? 'warning' : 'muted')], drop: 1 },
    { kind: 'buttons', buttons },
  ];
}
