import type { DialogButton } from '../store/overlay-state.ts';
import { texts } from '../texts/texts.ts';

/** The first button of a question, which does nothing. Beside one that cancels a job it may not say "Cancel" itself. */
export function refusingButton(command: string): DialogButton {
  const { close, dialog } = texts.workbench;
  return { label: command === 'job.cancel' ? close : dialog.cancel };
}
