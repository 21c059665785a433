import type { UiState } from '../store/ui-state.ts';

/** More of them would push away what the screen in front offers. */
export const recentsKept = 5;

/** A command was chosen in the palette. */
export function withRecent(ui: UiState, command: string): UiState {
  const others = ui.recent.filter((one) => one !== command);
  return { ...ui, recent: [command, ...others].slice(0, recentsKept) };
}
