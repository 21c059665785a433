import { failureOf } from '../../protocol/failures.ts';
import { findCommand, productCommands } from '../commands/registry.ts';
import { fixedSettings, type SettingsStore } from '../host/settings/settings-store.ts';
import { memoryFile, type UserFile } from '../host/settings/user-file.ts';
import type { Keybinding } from '../keys/keybinding.ts';
import { openKeymap } from '../keys/keymap.ts';
import type { Resolver } from '../keys/resolver.ts';
import type { Bench, Model, Screen, UiCommand } from '../screens/bench.ts';
import type { Action } from '../store/action.ts';
import { forServer } from '../store/for-server.ts';
import type { Session } from '../store/session.ts';
import type { UiState } from '../store/ui-state.ts';
import { createUiStore } from '../store/ui-store.ts';
import type { LanguageId } from '../texts/language.ts';
import { spoken } from '../texts/spoken.ts';
import { texts } from '../texts/texts.ts';
import { wordFailure } from '../texts/word-failure.ts';
import { type Capabilities, followTheme } from '../theme/create-theme.ts';
import type { Theme } from '../theme/theme.ts';
import { allCommands } from './all-commands.ts';
import { numberedItems } from './aloud/numbered-items.ts';
import { missingArgument } from './argument-items.ts';
import { describeBinding } from './binding-title.ts';
import { calmMotion } from './calm-motion.ts';
import { type Clock, createClock } from './clock.ts';
import type { ConnectionHost } from './connection/connection-host.ts';
import { watchStanding } from './connection/watch-standing.ts';
import { contextOf } from './context.ts';
import { disabledReason } from './disabled-reason.ts';
import { followLanguage } from './follow-language.ts';
import { followSettings, tellFaults } from './follow-settings.ts';
import { forgetChords } from './forget-chords.ts';
import { buildFrame, type Frame, type FrameSources } from './frame.ts';
import { keyHelpItems } from './key-help-items.ts';
import { layout } from './layout.ts';
import { leadToPage } from './leads.ts';
import { loadData } from './load-data.ts';
import { createMessages } from './messages.ts';
import { overlayOpeners, shownToCopy } from './overlay-openers.ts';
import { pickerItems } from './picker-items.ts';
import { presetKeys } from './preset-keys.ts';
import { guardedCall } from './read-only.ts';
import { runLive } from './run-live.ts';
import { runOwn } from './run-own.ts';
import { createProductRunner } from './run-product.ts';
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
  /** Of the files of this user; once the language is known. */
  tellFaults(): void;
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
  const messages = createMessages(uiStore, host.now);
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
    notify: messages.say,
    ...overlayOpeners(uiStore.update),
    runAll: (actions, title) => void runner.runAll(actions, title),
    load: (slot, about, read) => void loadData(bench, slot, about, read),
    copy(asSaid) {
      const text = forServer(asSaid, session.store.get().server);
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
  const commands: readonly UiCommand[] = allCommands({
    screens,
    host,
    frame,
    keymap: () => keymap,
    commands: () => commands,
  });
  const keymap = openKeymap(options.keysFile ?? memoryFile(), presetKeys(screens), () => ({
    commands: new Set([...commands, ...productCommands].map(({ id }) => id)),
    contextKeys: new Set(Object.keys(contextOf(model(), { region: undefined }))),
  }));
  unsubscribe.push(
    keymap.subscribe(() => {
      tellFaults(bench, 'keybindings.json', keymap.faults());
      touch();
    }),
  );
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
    reasonOf: (command: string) => {
      const reason = disabledReason(command, model(), commands);
      return reason === undefined ? undefined : spoken(reason);
    },
    itemsOf: options.aloud === true ? numberedItems(itemsOf) : itemsOf,
  };
  const lookAtSnapshot = watchSnapshot(() => bench, screens);
  const lookAround = watchStanding(() => bench, host.connection);
  const clock: Clock = createClock(() => {
    messages.forgetOld();
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
    tellFaults() {
      tellFaults(bench, 'keybindings.json', keymap.faults());
      tellFaults(bench, 'settings.jsonc', settings.faults());
    },
    ui: uiStore.get,
    [Symbol.dispose]() {
      clock.stop();
      ending.abort();
      keymap[Symbol.dispose]();
      for (const end of unsubscribe) end();
    },
  };
}

function leaveStopped(bench: Bench, host: BenchHost): void {
  const home = bench.model().state.snapshot?.demo?.home ?? '';
  host.leave(0, [texts.workbench.quit.stopped(home)]);
}
