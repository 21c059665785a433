import { failureOf } from '../../protocol/failures.ts';
import { findCommand, productCommands } from '../commands/registry.ts';
import { fixedSettings, type SettingsStore } from '../host/settings/settings-store.ts';
import { memoryFile, type UserFile } from '../host/settings/user-file.ts';
import { defaultKeybindings } from '../keys/default-keybindings.ts';
import type { Keybinding } from '../keys/keybinding.ts';
import { openKeymap } from '../keys/keymap.ts';
import { listKeybindings } from '../keys/list-keybindings.ts';
import type { Resolver } from '../keys/resolver.ts';
import type { Bench, Model, Screen, UiCommand } from '../screens/bench.ts';
import type { Action } from '../store/action.ts';
import { sanitised } from '../store/sanitise.ts';
import type { Session } from '../store/session.ts';
import type { Toast, UiState } from '../store/ui-state.ts';
import { createUiStore } from '../store/ui-store.ts';
import type { LanguageId } from '../texts/language.ts';
import { texts } from '../texts/texts.ts';
import { wordFailure } from '../texts/word-failure.ts';
import { type Capabilities, followTheme } from '../theme/create-theme.ts';
import type { Theme } from '../theme/theme.ts';
import { textState } from '../widgets/text-edit.ts';
import { numberedItems } from './aloud/numbered-items.ts';
import { missingArgument } from './argument-items.ts';
import { describeBinding } from './binding-title.ts';
import { calmMotion } from './calm-motion.ts';
import { type Clock, createClock } from './clock.ts';
import { focusCommands } from './commands/focus-commands.ts';
import { keyCommands } from './commands/key-commands.ts';
import { languageCommands } from './commands/language-commands.ts';
import { listCommands } from './commands/list-commands.ts';
import { listToolCommands } from './commands/list-tool-commands.ts';
import { menuCommands } from './commands/menu-commands.ts';
import { overlayCommands } from './commands/overlay-commands.ts';
import { problemCommands } from './commands/problem-commands.ts';
import { viewCommands } from './commands/view-commands.ts';
import { windowCommands } from './commands/window-commands.ts';
import { connectionCommands } from './connection/connection-commands.ts';
import type { ConnectionHost } from './connection/connection-host.ts';
import { watchStanding } from './connection/watch-standing.ts';
import { contextOf } from './context.ts';
import { followLanguage } from './follow-language.ts';
import { followSettings, tellFaults } from './follow-settings.ts';
import { forgetChords } from './forget-chords.ts';
import { buildFrame, type Frame, type FrameSources } from './frame.ts';
import { helpBindings, helpCommands } from './help/help-commands.ts';
import { keyHelpItems } from './key-help-items.ts';
import { layout } from './layout.ts';
import { leadToPage } from './leads.ts';
import { loadData } from './load-data.ts';
import { pickerItems } from './picker-items.ts';
import { guardedCall } from './read-only.ts';
import { runLive } from './run-live.ts';
import { runOwn } from './run-own.ts';
import { createProductRunner } from './run-product.ts';
import { tourBindings, tourCommands } from './tour/tour-commands.ts';
import { watchJobs } from './watch-jobs.ts';
import { watchSnapshot } from './watch-snapshot.ts';

/** What the host lends to the workbench. */
export interface BenchHost {
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly now: () => number;
  readonly suspend: Bench['suspend'];
  readonly setMouse: (on: boolean) => void;
  readonly copy: (text: string) => void;
  readonly stopToShell: () => Promise<void>;
  /** Shows everything anew. */
  readonly redraw: () => void;
  readonly editText: (text: string, fileName: string) => Promise<string | undefined>;
  readonly leave: (exitCode: number, summary: readonly string[]) => void;
  /** Absent: this window leads where it leads. */
  readonly connection?: ConnectionHost;
}

export interface RunningBench {
  readonly bench: Bench;
  readonly resolver: Resolver;
  readonly theme: () => Theme;
  readonly commands: readonly UiCommand[];
  /** Those that hold now, whatever the context. */
  readonly bindings: () => readonly Keybinding[];
  /** Of the state now; computed once for each state. */
  frame(): Frame;
  /** Fit useSyncExternalStore: the revision changes when the frame may have. */
  subscribe(listener: () => void): () => void;
  revision(): number;
  /** The size or the time changed. */
  touch(): void;
  ui(): UiState;
  [Symbol.dispose](): void;
}

export interface BenchOptions {
  readonly session: Session;
  readonly host: BenchHost;
  /** What the terminal can show. */
  readonly capabilities: Capabilities;
  readonly screens: readonly Screen[];
  readonly initialUi: UiState;
  /** For a screen reader: menus are numbered. */
  readonly aloud?: boolean;
  /** Absent: the presets. */
  readonly settings?: SettingsStore;
  /** Keys of the user's own; absent: none. */
  readonly keysFile?: UserFile;
  /** What the system speaks; absent: English. */
  readonly systemLanguage?: LanguageId;
}

const toastMs = 6_000;
const toastsKept = 200;

export function createBench(options: BenchOptions): RunningBench {
  const { host, screens } = options;
  const settings = options.settings ?? fixedSettings();
  const theme = followTheme(settings.get, options.capabilities);
  const uiStore = createUiStore({
    ...options.initialUi,
    readOnly: settings.get().readOnly,
  });
  const session: Session = {
    ...options.session,
    call: guardedCall(options.session.call, () => uiStore.get().readOnly),
  };
  const calm = calmMotion();
  const ending = new AbortController();
  const listeners = new Set<() => void>();
  let revision = 0;
  let cached:
    | { readonly revision: number; readonly model: Model; readonly frame: Frame }
    | undefined;
  const touch = (): void => {
    revision++;
    for (const listener of listeners) listener();
  };
  const showView = (): void => session.client.showView(uiStore.get().view);
  showView();
  const jobs = watchJobs(() => bench);
  const unsubscribe = [
    uiStore.subscribe(touch),
    session.store.subscribe(() => {
      touch();
      jobs.look();
      lookAtSnapshot();
      lookAround();
    }),
    settings.subscribe(touch),
    followLanguage(settings, options.systemLanguage ?? 'en', touch, (error) =>
      bench.notify('error', wordFailure(failureOf(error)).message),
    ),
    followSettings(settings, () => bench, host.setMouse),
    forgetChords(uiStore, settings),
    uiStore.subscribe(showView),
    runLive(uiStore, () => bench, screens),
  ];

  const model = (): Model => {
    const { columns, rows } = host.size();
    const ui = uiStore.get();
    const { sideColumns } = layout(columns, rows, ui.panel.open);
    const editorColumns = columns - sideColumns;
    const { glyphs } = theme();
    const moment = { state: session.store.get(), nowMs: host.now() };
    return {
      ...(settings.get().reducedMotion ? calm(moment) : moment),
      ui,
      columns,
      rows,
      editorColumns,
      glyphs,
      settings: settings.get(),
    };
  };
  const current = () => {
    if (cached?.revision === revision) return cached;
    const now = model();
    cached = { revision, model: now, frame: buildFrame(now, sources) };
    return cached;
  };
  const frame = (): Frame => current().frame;

  const bench: Bench = {
    session,
    settings,
    model: () => current().model,
    areas: () => frame().areas,
    layout: () => frame().layout,
    updateUi: uiStore.update,
    suspend: host.suspend,
    run(action) {
      const command = commands.find(({ id }) => id === action.command);
      if (command !== undefined) void runOwn(bench, command, action.args ?? {});
      else runProduct(action);
    },
    fieldChanged: (field) =>
      screens.find(({ id }) => id === uiStore.get().view)?.onField?.(bench, field),
    notify(tone, text) {
      const toast: Toast = { tone, text: sanitised(text), atMs: host.now() };
      uiStore.update((ui) => ({
        ...ui,
        toast,
        toasts: [...ui.toasts, toast].slice(-toastsKept),
      }));
    },
    ask: (dialog) =>
      uiStore.update((ui) => ({
        ...ui,
        overlay: { ...dialog, kind: 'dialog', focus: dialog.typed === undefined ? 0 : -1 },
      })),
    choose: (offers) =>
      uiStore.update((ui) => ({
        ...ui,
        overlay: {
          kind: 'picker',
          mode: { kind: 'offers', ...offers },
          field: textState(''),
          place: { selected: 0, top: 0 },
        },
      })),
    enter: ({ text, ...asked }) =>
      uiStore.update((ui) => ({
        ...ui,
        overlay: {
          kind: 'picker',
          mode: { kind: 'value', ...asked },
          field: textState(text),
          place: { selected: 0, top: 0 },
        },
      })),
    runAll: (actions) => void runner.runAll(actions),
    load: (slot, about, read) => void loadData(bench, slot, about, read),
    copy(text) {
      if (!settings.get().clipboard) {
        bench.ask(shownToCopy(text));
        return;
      }
      host.copy(text);
      bench.notify('ok', texts.workbench.copied(text));
    },
    leave: (code) => host.leave(code, []),
  };
  const runner = createProductRunner({
    bench,
    editText: host.editText,
    signal: ending.signal,
    onOutcome(command, outcome) {
      if (outcome.kind === 'job') jobs.add(outcome.job);
      if (command === 'demo.stop') leaveStopped(bench, host);
      for (const screen of screens) screen.onOutcome?.(bench, command, outcome);
    },
  });
  const runProduct = (action: Action): void => {
    const product = findCommand(action.command);
    if (product === undefined) return;
    const args = action.args ?? {};
    const page = missingArgument(product.id, args) === undefined ? leadToPage(action) : undefined;
    if (page === undefined) void runner.run(product, args);
    else bench.run(page);
  };
  const commands: readonly UiCommand[] = [
    ...viewCommands(screens),
    ...screens.flatMap((screen) => screen.commands),
    ...focusCommands(frame),
    ...listCommands(frame),
    ...listToolCommands(frame),
    ...overlayCommands(frame),
    ...windowCommands(),
    ...connectionCommands(host.connection),
    ...languageCommands(),
    ...problemCommands(),
    ...menuCommands({ frame, keymap: () => keymap, commands: () => commands }),
    ...keyCommands({
      keymap: () => keymap,
      commands: () => commands,
      editText: host.editText,
    }),
    ...helpCommands,
    ...tourCommands,
    {
      id: 'redraw',
      title: texts.workbench.commands.redraw,
      category: texts.workbench.groups.window,
      run: host.redraw,
    },
    {
      id: 'suspend',
      title: texts.workbench.commands.suspend,
      category: texts.workbench.groups.window,
      run: (on) => on.suspend(host.stopToShell),
    },
    {
      id: 'mouse',
      title: texts.workbench.commands.mouse,
      category: texts.workbench.groups.window,
      run(on) {
        const mouse = !uiStore.get().mouse;
        host.setMouse(mouse);
        uiStore.update((ui) => ({ ...ui, mouse }));
        on.notify('ok', mouse ? texts.workbench.mouseOn : texts.workbench.mouseOff);
      },
    },
  ];
  const presets = [
    ...defaultKeybindings,
    ...screens.flatMap(bindingsOf),
    ...listKeybindings,
    ...helpBindings,
    ...tourBindings,
  ];
  const keymap = openKeymap(options.keysFile ?? memoryFile(), presets, () => ({
    commands: new Set([...commands, ...productCommands].map(({ id }) => id)),
    contextKeys: new Set(Object.keys(contextOf(model(), { region: undefined }))),
  }));
  unsubscribe.push(
    keymap.subscribe(() => {
      tellFaults(bench, 'keybindings.json', keymap.faults());
      touch();
    }),
  );
  tellFaults(bench, 'keybindings.json', keymap.faults());
  tellFaults(bench, 'settings.jsonc', settings.faults());
  const itemsOf: FrameSources['itemsOf'] = (overlay, focus) => {
    if (overlay.kind === 'dialog' || overlay.kind === 'help') return [];
    const now = model();
    return overlay.kind === 'keys'
      ? keyHelpItems(now, overlay, keymap.bindings(), commands, focus)
      : pickerItems(now, overlay, { commands, bindings: keymap.bindings() });
  };
  const sources = {
    screens,
    bindings: keymap.bindings,
    titleOf: (binding: Keybinding) => describeBinding(binding, commands).title,
    itemsOf: options.aloud === true ? numberedItems(itemsOf) : itemsOf,
  };
  const lookAtSnapshot = watchSnapshot(() => bench, screens);
  const lookAround = watchStanding(() => bench, host.connection);
  const clock: Clock = createClock(() => {
    forgetOld(uiStore, host.now());
    touch();
  }, model);

  return {
    bench,
    resolver: keymap.resolver,
    theme,
    commands,
    bindings: keymap.bindings,
    frame,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    revision: () => revision,
    touch,
    ui: uiStore.get,
    [Symbol.dispose]() {
      clock.stop();
      ending.abort();
      keymap[Symbol.dispose]();
      for (const end of unsubscribe) end();
    },
  };
}

/** A screen's keys hold while it is in front and nothing lies over it. */
function bindingsOf(screen: Screen): readonly Keybinding[] {
  const here = `view == ${screen.id} && part == editor && overlay == none`;
  return screen.bindings.map((binding) => ({
    ...binding,
    when: binding.when === undefined ? here : `${here} && ${binding.when}`,
  }));
}

/** To be selected with the mouse of the terminal. */
function shownToCopy(text: string): Parameters<Bench['ask']>[0] {
  return {
    title: texts.workbench.copyByHand,
    body: text.split('\n'),
    tone: 'plain',
    buttons: [{ label: texts.workbench.close }],
  };
}

function leaveStopped(bench: Bench, host: BenchHost): void {
  const home = bench.model().state.snapshot?.demo?.home ?? '';
  host.leave(0, [texts.workbench.quit.stopped(home)]);
}

/** Messages and half chords go by themselves. */
function forgetOld(uiStore: ReturnType<typeof createUiStore>, nowMs: number): void {
  uiStore.update((ui) => {
    if (ui.toast === undefined || nowMs - ui.toast.atMs < toastMs) return ui;
    const { toast: _old, ...rest } = ui;
    return rest;
  });
}
