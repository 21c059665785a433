import * as z from 'zod';
import { productCommands } from '../../commands/registry.ts';
import { parseSettings } from '../../host/settings/parse-settings.ts';
import type { KeyConflict } from '../../keys/key-conflicts.ts';
import { type Keybinding, wordKey } from '../../keys/keybinding.ts';
import { keybindingsText } from '../../keys/keybindings-text.ts';
import type { Keymap } from '../../keys/keymap.ts';
import type { KnownNames } from '../../keys/user-keybindings.ts';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import type { Offer } from '../../store/overlay-state.ts';
import { spoken } from '../../texts/spoken.ts';
import { texts } from '../../texts/texts.ts';
import { describeBinding } from '../binding-title.ts';
import { editAndCheck, keepDraft } from '../edit-and-check.ts';
import { type EditedFile, editedFile } from '../edited-file.ts';

const words = texts.workbench.commands;
const category = texts.workbench.views.settings;
const Draft = z.object({ of: z.string() });

export interface KeyCommandSources {
  readonly keymap: () => Keymap;
  readonly commands: () => readonly UiCommand[];
  readonly editText: (text: string, fileName: string) => Promise<string | undefined>;
}

/** The user's own keys: editing them, what they do to others, and all that there are to begin with. */
export function keyCommands(sources: KeyCommandSources): readonly UiCommand[] {
  const { keymap, commands, editText } = sources;
  const keysFile = editedFile(() => keymap().file);
  let settings: EditedFile | undefined;
  const settingsFile = (bench: Bench): EditedFile => {
    settings ??= editedFile(() => bench.settings.file);
    return settings;
  };
  return [
    {
      id: 'keys.edit',
      title: words.keysEdit,
      category,
      run: (bench, args) =>
        editAndCheck(bench, args, {
          command: 'keys.edit',
          fileName: 'keybindings.json',
          editText,
          read: async () => keysFile.read() || firstText(),
          check: async (text) => keymap().check(text).faults,
          savesFaults: true,
          save: async (text) => {
            keysFile.refuseChanged();
            keymap().save(text);
            bench.notify('ok', texts.workbench.editing.saved(keymap().file.path));
          },
        }),
    },
    {
      id: 'settings.edit-file',
      title: texts.forms.commands.settingsFile,
      category,
      run: (bench, args) =>
        editAndCheck(bench, args, {
          command: 'settings.edit-file',
          fileName: 'settings.jsonc',
          editText,
          read: async () => settingsFile(bench).read() || '{\n}\n',
          check: async (text) => parseSettings(text).faults,
          savesFaults: true,
          save: async (text) => {
            settingsFile(bench).refuseChanged();
            bench.settings.save(text);
            bench.notify('ok', texts.workbench.editing.saved(bench.settings.file.path));
          },
        }),
    },
    {
      id: 'draft.discard',
      title: texts.workbench.editing.discard,
      category,
      internal: true,
      run: (bench, args) => keepDraft(bench, Draft.parse(args).of, undefined),
    },
    {
      id: 'keys.presets',
      title: words.keysPresets,
      category,
      async run() {
        const titleOf = (binding: Keybinding): string => describeBinding(binding, commands()).title;
        const { presets, known } = keymap();
        const head = texts.keybindings.presetsHead;
        const text = keybindingsText(head, presets, titleOf, footOf(known(), presets, commands()));
        await editText(text, 'default-keybindings.json');
      },
    },
    {
      id: 'keys.conflicts',
      title: words.keysConflicts,
      category,
      run: (bench) => showConflicts(bench, keymap(), commands()),
    },
  ];
}

/** What there is beside: commands without a key, and what conditions may ask. */
function footOf(
  { contextKeys }: KnownNames,
  presets: readonly Keybinding[],
  commands: readonly UiCommand[],
): readonly string[] {
  const bound = new Set(presets.map(({ command }) => command));
  const free = [...commands.filter(({ internal }) => internal !== true), ...productCommands]
    .filter(({ id }) => !bound.has(id))
    .map(({ id, title }) => `  ${id}: ${spoken(title)}`);
  const { unboundHead, contextHead } = texts.keybindings;
  const asked = [...contextKeys].toSorted().map((key) => `  ${key}`);
  return ['', unboundHead, ...free, '', contextHead, ...asked];
}

function firstText(): string {
  return `${texts.keybindings.fileHead.map((row) => `// ${row}`).join('\n')}\n[\n]\n`;
}

function showConflicts(bench: Bench, keymap: Keymap, commands: readonly UiCommand[]): void {
  const faults = keymap.faults().map(
    ({ line, message }): Offer => ({
      title: texts.fileFaults.place(line, message),
      detail: '',
      action: { command: 'keys.edit' },
    }),
  );
  const conflicts = keymap.conflicts().map(
    (conflict): Offer => ({
      title: texts.fileFaults.place(conflict.line, conflictWords(conflict, commands)),
      detail: conflict.kind === 'removes-nothing' ? '' : wordKey(conflict.winner.key),
      action: { command: 'keys.edit' },
    }),
  );
  const offers = [...faults, ...conflicts];
  if (offers.length === 0) bench.notify('ok', texts.keybindings.noConflicts);
  else bench.choose({ title: texts.keybindings.conflictsTitle, offers });
}

function conflictWords(conflict: KeyConflict, commands: readonly UiCommand[]): string {
  if (conflict.kind === 'removes-nothing')
    return texts.keybindings.removesNothing(conflict.command);
  const titleOf = (binding: Keybinding): string => describeBinding(binding, commands).title;
  const { winner, loser } = conflict;
  return texts.keybindings[conflict.kind](titleOf(winner), titleOf(loser));
}
