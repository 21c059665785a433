import * as z from 'zod';
import { ConfigChange, type ConfigPath } from '../../../protocol/domain/config-change.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import type { Action } from '../../store/action.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { askRemoval, saveChanges } from './ask-entry-changes.ts';
import { copyEntry, Named, renameEntry } from './copy-and-rename.ts';
import { entryPath, inDraft, openForm, selectedRow } from './entry-place.ts';
import { entryPage } from './forms/config-form.ts';
import { putIn } from './forms/draft.ts';
import { changeEntry, goInEntry, isDirty } from './forms/entry-draft.ts';
import type { FormRow } from './forms/form-rows.ts';
import { formNamed } from './forms/named-form.ts';
import { saveEntry, takeTheirs } from './save-entry.ts';
import { testEntry } from './test-entry.ts';

const words = texts.forms;
const category = texts.workbench.views.settings;
const Whole = z.object({ whole: z.literal(true).optional() });
const Save = z.object({ over: z.literal(true).optional() });
const Agreed = z.object({
  changes: z.array(ConfigChange),
  revision: z.string(),
  /** Of the row that is selected then. */
  id: z.string(),
  said: z.string(),
});

/** What is done with an entry as a whole. */
export const entryCommands: readonly UiCommand[] = [
  internal('settings.add-here', words.commands.add, addHere),
  {
    ...internal('settings.copy-entry', words.commands.copy, () => undefined),
    run: (bench, args) => copyEntry(bench, Named.parse(args)),
  },
  {
    ...internal('settings.rename-entry', words.commands.rename, () => undefined),
    run: (bench, args) => renameEntry(bench, Named.parse(args)),
  },
  {
    ...internal('settings.remove-entry', words.commands.remove, () => undefined),
    run: async (bench, args) => await remove(bench, Whole.parse(args).whole),
  },
  internal('settings.test-entry', words.commands.test, async (bench) => {
    const path = entryPath(bench);
    if (path === undefined) bench.notify('warning', words.noEntry);
    else await testEntry(bench, path);
  }),
  {
    ...internal('settings.save-entry', words.commands.save, () => undefined),
    run: async (bench, args) => await saveEntry(bench, Save.parse(args).over === true),
  },
  {
    ...internal('settings.save-changes', words.commands.save, () => undefined),
    async run(bench, args) {
      const { changes, revision, ...then } = Agreed.parse(args);
      await saveChanges(bench, changes, revision, then);
    },
  },
  internal('settings.take-theirs', words.commands.takeTheirs, takeTheirs),
  internal('settings.leave-entry', texts.workbench.commands.back, leave),
];

const onForm = '(page == config-form || page == config-entry) && regionKind == list';

/** What is named last is hinted at first. */
export const entryBindings: readonly Keybinding[] = [
  {
    key: 'esc',
    command: 'settings.leave-entry',
    when: 'page == config-entry',
    hint: words.hints.back,
  },
  { key: 'delete', command: 'settings.remove-entry', when: onForm },
  { key: 'd', command: 'settings.remove-entry', when: onForm, hint: words.hints.remove },
  { key: 'f2', command: 'settings.rename-entry', when: onForm },
  { key: 'r', command: 'settings.rename-entry', when: onForm, hint: words.hints.rename },
  { key: 'c', command: 'settings.copy-entry', when: onForm, hint: words.hints.copy },
  { key: 't', command: 'settings.test-entry', when: onForm, hint: words.hints.test },
  { key: 'ctrl+s', command: 'settings.save-entry', when: 'page == config-entry' },
  {
    key: 's',
    command: 'settings.save-entry',
    when: 'page == config-entry',
    hint: words.hints.save,
  },
  { key: 'a', command: 'settings.add-here', when: onForm, hint: words.hints.add },
];

function internal(
  id: string,
  title: string,
  run: (bench: Bench) => void | Promise<void>,
): UiCommand {
  return { id, title, category, internal: true, run };
}

/** Adds to the section of the selected row; where that has none, to which is asked. */
function addHere(bench: Bench): void {
  const name = openForm(bench);
  const row = selectedRow(bench);
  const form = formNamed(bench.model(), name);
  const above = row?.entry.kind === 'add' ? row.path : row?.path.slice(0, -1);
  const adding = form?.rows.filter(({ entry }) => entry.kind === 'add') ?? [];
  const here = adding.find(({ path }) => path.join('.') === above?.join('.'));
  const addTo = ({ id }: FormRow): Action => ({
    command: 'settings.add',
    args: { form: name, id },
  });
  if (here !== undefined) bench.run(addTo(here));
  else if (adding.length === 0) bench.notify('warning', words.noSection);
  else {
    const offers = adding.map((one) => ({ title: one.title, detail: '', action: addTo(one) }));
    bench.choose({ title: words.commands.add, offers });
  }
}

/** An entry, an item of a list, or what a setting of the entry that is open was set to. */
async function remove(bench: Bench, whole: true | undefined): Promise<void> {
  const page = entryPage(bench.model());
  const path = removable(bench, whole);
  if (path === undefined) return;
  const at = inDraft(bench, path);
  if (at !== undefined) {
    // Out of what is removed first.
    if (page !== undefined && page.at.length >= at.length) goInEntry(bench, []);
    changeEntry(bench, (one) => ({ ...one, draft: putIn(one.draft, at, undefined) }));
    return;
  }
  if (page !== undefined && page.read === undefined) {
    leave(bench);
    return;
  }
  await askRemoval(bench, path.map(String));
}

/** Undefined: there is nothing that may go, which was said. */
function removable(bench: Bench, whole: true | undefined): ConfigPath | undefined {
  if (whole) return entryPath(bench, whole);
  const row = selectedRow(bench);
  if (row?.required === true) {
    bench.notify('warning', words.missing(row.title));
    return undefined;
  }
  const isEntry = row?.entry.kind === 'part' || entryPage(bench.model()) !== undefined;
  if (row?.value !== undefined && isEntry) return row.path;
  bench.notify('warning', words.noEntry);
  return undefined;
}

/** Out of a part, or of the entry; what was changed and not saved is asked about. */
function leave(bench: Bench): void {
  const page = entryPage(bench.model());
  if (page === undefined) {
    bench.run({ command: 'back' });
    return;
  }
  if (page.at.length > 0) {
    goInEntry(bench, []);
    return;
  }
  if (!isDirty(page)) {
    bench.run({ command: 'settings.form' });
    return;
  }
  bench.ask({
    title: words.leave.title,
    body: [words.leave.body(page.path.join('.'))],
    tone: 'warning',
    buttons: [
      { label: words.changed.goOn },
      { label: words.leave.leave, action: { command: 'settings.form' } },
    ],
  });
}
