import type { Model } from '../screens/bench.ts';
import { fieldText } from '../screens/form-values.ts';
import { logFilter } from '../screens/services/log-page.ts';
import { contextKeysOf } from '../store/context-keys.ts';
import type { UiState } from '../store/ui-state.ts';
import type { ContextKeys } from '../store/when.ts';
import type { Region } from '../widgets/section.ts';

/** The keys that conditions of bindings and commands may ask: those of the state, and where the focus is. */
export function contextOf(model: Model, focus: Focus): ContextKeys {
  const { ui, state } = model;
  const overlay = ui.overlay?.kind;
  const typing =
    overlay === 'picker' ||
    overlay === 'keys' ||
    (ui.overlay?.kind === 'dialog' && ui.overlay.focus === -1) ||
    (overlay === undefined && focus.region?.kind === 'field') ||
    (overlay === undefined && isFiltering(ui, focus));
  return {
    ...contextKeysOf(state),
    logFiltered: fieldText(model, logFilter) !== '',
    view: ui.view,
    part: ui.part,
    page: ui.part === 'editor' ? (ui.pages[ui.view]?.kind ?? 'none') : 'none',
    panelTab: ui.panel.tab,
    region: focus.region?.id,
    regionKind: focus.region?.kind,
    overlay: overlay ?? 'none',
    tour: ui.tour !== undefined && state.snapshot !== undefined,
    inputFocus: typing,
    readOnly: ui.readOnly,
    columns: model.columns,
    rows: model.rows,
    viewsWithPages: Object.keys(ui.pages),
    ...listKeys(ui, focus),
  };
}

interface Focus {
  readonly region: Region | undefined;
}

function isFiltering({ filtering }: UiState, { region }: Focus): boolean {
  return filtering !== undefined && region?.kind === 'list' && region.id === filtering;
}

/** Of the list that has the focus: whether its filter is typed, filters, and whether rows are marked. */
function listKeys(ui: UiState, focus: Focus): ContextKeys {
  const view = focus.region?.kind === 'list' ? ui.lists[focus.region.id] : undefined;
  return {
    listTyping: isFiltering(ui, focus),
    listFiltered: (view?.filter?.text ?? '') !== '',
    listMarked: (view?.marks?.length ?? 0) > 0,
  };
}
