import * as z from 'zod';
import { presetSettings, type Settings } from '../host/settings/settings.ts';
import type { ListViews } from '../store/list-view.ts';
import { initialUiState, panelTabs, type UiState, viewIds } from '../store/ui-state.ts';

/** The order and columns of a list; what is filtered and marked is of the moment. */
const RememberedList = z.object({
  sort: z.object({ column: z.string(), descending: z.boolean() }).exactOptional(),
  turned: z.array(z.string()).readonly().exactOptional(),
});

const Memory = z.object({
  view: z.enum(viewIds),
  recent: z.array(z.string()).readonly().optional(),
  /** False: the tour was not left yet. */
  toured: z.boolean().optional(),
  panel: z.object({ open: z.boolean().optional(), tab: z.enum(panelTabs) }),
  lists: z.record(z.string(), RememberedList).optional(),
});

const firstStep = { step: 0 } as const;

/** The view and panel of last time, so that a cut connection costs nothing. */
export function rememberedUi(
  memory: unknown,
  settings: Pick<Settings, 'mouse'> = presetSettings,
): UiState {
  const found = Memory.safeParse(memory);
  // The very first start: the tour is offered.
  if (!found.success) return { ...initialUiState, mouse: settings.mouse, tour: firstStep };
  const { view, panel, toured, lists = {}, recent = [] } = found.data;
  const { open, tab } = panel;
  return {
    ...initialUiState,
    view,
    mouse: settings.mouse,
    recent,
    panel: open === undefined ? { tab } : { open, tab },
    lists,
    ...(toured === false ? { tour: firstStep } : {}),
  };
}

export function toRemember({ view, panel, tour, lists, recent }: UiState): z.infer<typeof Memory> {
  return { view, panel, recent, toured: tour === undefined, lists: looksOf(lists) };
}

function looksOf(lists: ListViews): z.infer<typeof Memory>['lists'] {
  const looks = Object.entries(lists).flatMap(([id, { sort, turned }]) => {
    const look = {
      ...(sort === undefined ? {} : { sort }),
      ...(turned === undefined ? {} : { turned }),
    };
    return sort === undefined && turned === undefined ? [] : [[id, look] as const];
  });
  return Object.fromEntries(looks);
}
