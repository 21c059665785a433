import type { Bench } from '../screens/bench.ts';
import type { PickerMode, PickerState } from '../store/overlay-state.ts';
import { texts } from '../texts/texts.ts';
import { textState } from '../widgets/text-edit.ts';
import { dialogText } from './draw-dialog.ts';

/** Opening what lies over the screen: a dialog, a list to choose from, a line to type. */
export function overlayOpeners(
  updateUi: Bench['updateUi'],
): Pick<Bench, 'ask' | 'choose' | 'enter'> {
  const openPicker = (mode: PickerMode, text = '', more: Partial<PickerState> = {}): void =>
    updateUi((ui) => ({
      ...ui,
      overlay: {
        kind: 'picker',
        mode,
        field: textState(text),
        place: { selected: 0, top: 0 },
        ...more,
      },
    }));
  return {
    ask: (dialog) =>
      updateUi(({ places: { [dialogText]: _scrolled, ...places }, ...ui }) => ({
        ...ui,
        places,
        overlay: { ...dialog, kind: 'dialog', focus: dialog.typed === undefined ? 0 : -1 },
      })),
    choose: ({ selected = 0, at, only, ...offers }) =>
      openPicker({ kind: 'offers', ...offers }, '', {
        place: { selected, top: 0 },
        ...(at === undefined ? {} : { at }),
        ...(only === undefined ? {} : { only }),
      }),
    enter: ({ text, ...asked }) => openPicker({ kind: 'value', ...asked }, text),
  };
}

/** To be selected with the mouse of the terminal. */
export function shownToCopy(text: string): Parameters<Bench['ask']>[0] {
  return {
    title: texts.workbench.copyByHand,
    body: text.split('\n'),
    tone: 'plain',
    buttons: [{ label: texts.workbench.close }],
  };
}
