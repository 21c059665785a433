import * as z from 'zod';
import type { Keymap } from '../../keys/keymap.ts';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import type { Offer } from '../../store/overlay-state.ts';
import type { RowChoice, Toast } from '../../store/ui-state.ts';
import { wordNear } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { contextMenu } from '../context-menu.ts';
import { withoutChord } from '../forget-chords.ts';
import type { Frame } from '../frame.ts';
import { rowApart } from '../row-apart.ts';

const words = texts.workbench.commands;
const category = texts.workbench.groups.window;
const Menu = z.object({
  at: z.object({ column: z.int(), row: z.int() }).optional(),
  only: z.object({ list: z.string(), key: z.string() }).optional(),
});
const Run = z.object({ command: z.string(), args: z.record(z.string(), z.unknown()).optional() });

export interface MenuSources {
  readonly frame: () => Frame;
  readonly keymap: () => Keymap;
  readonly commands: () => readonly UiCommand[];
}

/** Lists of what is possible here, of what was said, and of keys that follow a key. */
export function menuCommands({ frame, keymap, commands }: MenuSources): readonly UiCommand[] {
  return [
    {
      id: 'menu.open',
      title: words.menu,
      category,
      run(bench, args) {
        const { at, only = apartFrom(bench, frame()) } = Menu.parse(args);
        const offers = contextMenu(bench.model(), keymap().bindings(), commands(), frame());
        bench.choose({ title: menuTitle(frame(), only), offers, at, only });
      },
    },
    {
      id: 'messages.show',
      title: words.messages,
      category,
      run(bench) {
        const { ui, nowMs } = bench.model();
        const offers = ui.toasts.toReversed().map((toast) => messageOf(toast, nowMs));
        if (offers.length === 0) bench.notify('muted', texts.workbench.messages.none);
        else bench.choose({ title: texts.workbench.messages.title, offers });
      },
    },
    {
      id: 'chord.run',
      title: words.chordRun,
      category,
      internal: true,
      run(bench, args) {
        const { command, args: of } = Run.parse(args);
        bench.updateUi(withoutChord);
        bench.run(of === undefined ? { command } : { command, args: of });
      },
    },
    {
      id: 'read-only.toggle',
      title: words.readOnly,
      category,
      run: toggleReadOnly,
    },
  ];
}

/** The selected row, where others are marked and it is not one of them: as in VS Code the menu is for that alone. */
function apartFrom(bench: Bench, { sections, region }: Frame): RowChoice | undefined {
  const list = sections.find((section) => section.kind === 'list' && section.id === region?.id);
  if (list?.kind !== 'list') return undefined;
  return rowApart(list, bench.areas()[list.id]?.selected ?? 0);
}

/** Of which rows it speaks, where some are marked. */
function menuTitle(frame: Frame, only: RowChoice | undefined): string {
  const { title, alone, marked } = texts.workbench.menu;
  if (only !== undefined) return alone;
  const list = frame.sections.find(
    (section) => section.kind === 'list' && section.id === frame.region?.id,
  );
  const count = list?.kind === 'list' ? (list.tools?.marked ?? 0) : 0;
  return count === 0 ? title : marked(count);
}

/** Chosen again it is copied. */
function messageOf({ tone, text, atMs }: Toast, nowMs: number): Offer {
  return {
    title: `${texts.workbench.toastWords[tone]}${text}`,
    detail: wordNear(atMs, nowMs),
    action: { command: 'copy', args: { text } },
  };
}

function toggleReadOnly(bench: Bench): void {
  const readOnly = !bench.model().ui.readOnly;
  bench.updateUi((ui) => ({ ...ui, readOnly }));
  const { on, off } = texts.workbench.readOnly;
  bench.notify('ok', readOnly ? on : off);
}
