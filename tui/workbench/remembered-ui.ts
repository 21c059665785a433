import { z } from 'zod';
import { initialUiState, panelTabs, type UiState, viewIds } from '../store/ui-state.ts';

const Memory = z.object({
  view: z.enum(viewIds),
  panel: z.object({ open: z.boolean().optional(), tab: z.enum(panelTabs) }),
});

/** The view and panel of last time, so that a cut connection costs nothing. */
export function rememberedUi(memory: unknown): UiState {
  const found = Memory.safeParse(memory);
  if (!found.success) return initialUiState;
  const { view, panel } = found.data;
  const { open, tab } = panel;
  return { ...initialUiState, view, panel: open === undefined ? { tab } : { open, tab } };
}

export function toRemember({ view, panel }: UiState): z.infer<typeof Memory> {
  return { view, panel };
}
