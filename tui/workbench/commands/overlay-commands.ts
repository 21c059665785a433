import * as z from 'zod';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import type { Action } from '../../store/action.ts';
import type {
  DialogState,
  KeyHelpState,
  PickerMode,
  PickerState,
} from '../../store/overlay-state.ts';
import type { RowChoice } from '../../store/ui-state.ts';
import { texts } from '../../texts/texts.ts';
import { textState } from '../../widgets/text-edit.ts';
import { pickerList } from '../draw-picker.ts';
import type { Frame } from '../frame.ts';
import { withRecent } from '../recent-commands.ts';
import { movedIn, movements } from './list-commands.ts';

const words = texts.workbench.commands;
const category = texts.workbench.groups.window;
const Press = z.object({ button: z.int().optional() });
const Asked = z.object({ key: z.string().optional() });
const Move = z.object({ movement: z.enum(movements) });

/** Palette, key help and dialogs: opening, moving in them, choosing. */
export function overlayCommands(frame: () => Frame): readonly UiCommand[] {
  return [
    opening('palette.commands', words.palette, { kind: 'commands' }),
    opening('palette.go-to', words.goTo, { kind: 'go-to' }),
    {
      id: 'help.keys',
      title: words.keys,
      category,
      run: (bench) =>
        bench.updateUi((ui) => ({
          ...ui,
          overlay: { kind: 'keys', field: textState(''), place: { selected: 0, top: 0 } },
        })),
    },
    {
      id: 'help.ask-key',
      title: words.askKey,
      category,
      run(bench, args) {
        const { key } = Asked.parse(args);
        const asks = key === undefined ? { asking: true as const } : { asked: key };
        const opened: KeyHelpState = {
          kind: 'keys',
          field: textState(''),
          place: { selected: 0, top: 0 },
          ...asks,
        };
        bench.updateUi((ui) => ({ ...ui, overlay: opened }));
      },
    },
    internal('overlay.close', texts.workbench.close, closeOverlay),
    internal('picker.move', words.choose, (bench, args) => {
      const area = bench.areas()[pickerList];
      if (area === undefined) return;
      const to = movedIn(area, Move.parse(args).movement);
      const key = frame().items[to.selected]?.id;
      const place = key === undefined ? to : { ...to, key };
      bench.updateUi((ui) =>
        ui.overlay?.kind === 'picker' || ui.overlay?.kind === 'keys'
          ? { ...ui, overlay: { ...ui.overlay, place } }
          : ui,
      );
    }),
    internal('picker.accept', words.choose, (bench) => acceptItem(bench, frame())),
    internal('dialog.next', words.nextButton, (bench) => turnDialog(bench, 1)),
    internal('dialog.previous', words.previousButton, (bench) => turnDialog(bench, -1)),
    internal('dialog.press', words.press, (bench, args) =>
      pressButton(bench, Press.parse(args).button),
    ),
  ];
}

function internal(id: string, title: string, run: UiCommand['run']): UiCommand {
  return { id, title, category, internal: true, run };
}

function opening(id: string, title: string, mode: PickerMode): UiCommand {
  return {
    id,
    title,
    category,
    run: (bench) =>
      bench.updateUi((ui) => ({
        ...ui,
        overlay: { kind: 'picker', mode, field: textState(''), place: { selected: 0, top: 0 } },
      })),
  };
}

export function closeOverlay(bench: Bench): void {
  bench.updateUi(({ overlay: _closed, ...ui }) => ui);
}

/** Of commands, not of things. */
function isPalette(overlay: PickerState | KeyHelpState): boolean {
  if (overlay.kind !== 'picker') return false;
  const { mode, field } = overlay;
  return mode.kind === 'commands' || (mode.kind === 'go-to' && field.text.startsWith('>'));
}

function acceptItem(bench: Bench, frame: Frame): void {
  const { overlay } = bench.model().ui;
  if (overlay?.kind !== 'picker' && overlay?.kind !== 'keys') return;
  const item = frame.items[frame.areas[pickerList]?.selected ?? 0];
  if (item?.disabled !== undefined) {
    bench.notify('warning', `${item.title}: ${item.disabled}`);
    return;
  }
  const mode = overlay.kind === 'picker' ? overlay.mode : undefined;
  closeOverlay(bench);
  if (item !== undefined) {
    if (isPalette(overlay)) bench.updateUi((ui) => withRecent(ui, item.id));
    runFor(bench, overlay.kind === 'picker' ? overlay.only : undefined, item.action);
  } else if (mode?.kind === 'value') {
    const { command, args } = mode.action;
    bench.run({ command, args: { ...args, text: overlay.field.text } });
  } else if (mode?.kind === 'argument' && overlay.field.text.trim() !== '') {
    bench.run({
      command: mode.command,
      args: { ...mode.args, [mode.asks]: overlay.field.text.trim() },
    });
  }
}

/** A command of the screen looks at once for what it is about. */
function runFor(bench: Bench, only: RowChoice | undefined, action: Action): void {
  if (only !== undefined) bench.updateUi((ui) => ({ ...ui, only }));
  bench.run(action);
  if (only !== undefined) bench.updateUi(({ only: _over, ...ui }) => ui);
}

function withDialog(bench: Bench, change: (dialog: DialogState) => DialogState): void {
  bench.updateUi((ui) =>
    ui.overlay?.kind === 'dialog' ? { ...ui, overlay: change(ui.overlay) } : ui,
  );
}

function turnDialog(bench: Bench, by: 1 | -1): void {
  withDialog(bench, (dialog) => {
    const first = dialog.typed === undefined ? 0 : -1;
    const count = dialog.buttons.length - first;
    const place = (dialog.focus - first + by + count) % count;
    return { ...dialog, focus: place + first };
  });
}

/** Enter in the typed text goes on to the button that acts, which only works when the text is right. */
function pressButton(bench: Bench, clicked: number | undefined): void {
  const { overlay } = bench.model().ui;
  if (overlay?.kind !== 'dialog') return;
  const acting = overlay.buttons.length - 1;
  const place = clicked ?? (overlay.focus === -1 ? acting : overlay.focus);
  const button = overlay.buttons[place];
  const { typed } = overlay;
  // To copy what would be done needs no consent.
  const acts = button?.action !== undefined && place === acting;
  if (typed !== undefined && acts) {
    if (typed.field.text.trim() !== typed.expected) {
      bench.notify('warning', texts.workbench.dialog.notComplete);
      return;
    }
  }
  closeOverlay(bench);
  if (button?.action === undefined) return;
  const confirm = typed === undefined || !acts ? {} : { confirm: typed.field.text.trim() };
  bench.run({ command: button.action.command, args: { ...button.action.args, ...confirm } });
}
