import type { Undo } from '../../../protocol/domain/restore.ts';
import type { Action } from '../../store/action.ts';
import { lostRecoveries } from '../../store/lost-recoveries.ts';
import type { Page } from '../../store/ui-state.ts';
import { consentTexts, texts } from '../../texts/texts.ts';
import { filterBackups, readingKey, readOn } from '../back-up/filter-backups.ts';
import type { Bench, Screen, UiCommand } from '../bench.ts';
import { chosenIn, orderForAll, selectedIn } from '../chosen-rows.ts';
import { fieldText } from '../form-values.ts';
import { openPage } from '../navigate.ts';
import { choiceCommands } from './choice-commands.ts';
import { cutOffRestore } from './cut-off-restore.ts';
import { giveUpCommands } from './give-up-commands.ts';
import { momentCommands } from './moment-commands.ts';
import { planCommands } from './plan-commands.ts';
import { restoreListId, restoreSections } from './restore-view.ts';
import { rowsCommands } from './rows-commands.ts';
import { readyUndos, undoList, undoName } from './undo-list.ts';

const words = texts.restore;
const category = texts.workbench.views.restore;

const atWork: ReadonlySet<string> = new Set(['restore.run', 'undo.run', 'recovery.give-up']);

/** Whoever comes back finds the restore at work, wherever it was started, or the recovery that waits for a server. */
function showRunning(bench: Bench): void {
  const { ui, state } = bench.model();
  if (ui.pages.restore !== undefined) return;
  const kinds = ['restore', 'undo', 'recovery'];
  const running = state.snapshot?.jobs.find(
    ({ kind, state: { kind: at } }) => kinds.includes(kind) && at === 'running',
  );
  const shown = running ?? lostRecoveries(state.snapshot)[0];
  if (shown === undefined) return;
  const page = { kind: 'restore', job: shown.id } as const;
  bench.updateUi((now) => ({
    ...now,
    pages: { ...now.pages, restore: page },
    focus: { ...now.focus, restore: 'result.back' },
  }));
}

/** Another plan than the last one is read from its first line, however far that one was scrolled. */
function openAtTop(bench: Bench, page: Page, text: string): void {
  bench.updateUi(({ places: { [text]: _place, ...places }, ...ui }) => ({ ...ui, places }));
  openPage(bench, 'restore', page, text);
}

/** One that was asked for from a plan, or from a part of it, leads back there. */
function planPageFor(bench: Bench, job: number): Page {
  const from = bench.model().ui.pages.restore;
  return from !== undefined && leadsOn.has(from.kind)
    ? { kind: 'plan', job, from }
    : { kind: 'plan', job };
}

const leadsOn: ReadonlySet<Page['kind']> = new Set([
  ...(['plan', 'part', 'rows', 'folder', 'room', 'times', 'days'] as const),
]);

export const restoreScreen: Screen = {
  id: 'restore',
  title: category,
  sections: restoreSections,
  onOutcome(bench, command, outcome) {
    if (outcome.kind !== 'job') return;
    const { job } = outcome;
    if (command === 'restore.plan') openAtTop(bench, planPageFor(bench, job), 'plan.page');
    if (command === 'undo.show') openAtTop(bench, { kind: 'undo', job }, 'undo.page');
    if (atWork.has(command)) {
      openPage(bench, 'restore', { kind: 'restore', job }, 'result.back');
    }
  },
  onShow(bench) {
    showRunning(bench);
    filterBackups(bench, restoreListId);
  },
  onFirstSnapshot: showRunning,
  live: {
    key: (ui) => readingKey(ui, restoreListId),
    run: async (bench) => readOn(bench, restoreListId),
  },
  onField(bench, field) {
    if (field === restoreListId) filterBackups(bench, field);
  },
  commands: [
    ...momentCommands,
    ...choiceCommands,
    ...planCommands,
    ...rowsCommands,
    ...giveUpCommands,
    {
      id: 'restore.plan-path',
      title: words.commands.planPath,
      category,
      internal: true,
      run(bench) {
        const path = fieldText(bench.model(), 'restore.path').trim();
        if (path === '') bench.notify('warning', words.typePath);
        else bench.run({ command: 'restore.plan', args: { backup: path } });
      },
    },
    {
      id: 'restore.recovery',
      title: words.recoveryCommand,
      category,
      disabledReason: ({ state }) =>
        (state.snapshot && cutOffRestore(state.snapshot)) === undefined
          ? words.noRecovery
          : undefined,
      run(bench) {
        const { snapshot } = bench.model().state;
        const cutOff = snapshot && cutOffRestore(snapshot);
        if (cutOff !== undefined)
          openPage(bench, 'restore', { kind: 'restore', job: cutOff.job.id }, 'result.back');
      },
    },
    {
      id: 'restore.choose',
      title: words.commands.choose,
      category,
      internal: true,
      run: (bench) => openPage(bench, 'restore', undefined),
    },
    onUndos('undos.run', words.commands.undo, ({ id }) => ({
      command: 'undo.run',
      args: { undo: id },
    })),
    onUndos('undos.pin', words.commands.pinUndo, ({ id, pinned }) => ({
      command: pinned === true ? 'undo.unpin' : 'undo.pin',
      args: { undo: id },
    })),
    onUndos('undos.remove', words.commands.removeUndo, ({ id }) => ({
      command: 'undo.remove',
      args: { undo: id },
    })),
    onUndos('undos.forget', words.commands.forgetUndo, ({ id }) => ({
      command: 'undo.remove',
      args: { undo: id, forget: true },
    })),
  ],
  bindings: [
    { key: 'tab', command: 'region.next', hint: words.hints.next },
    { key: 'u', command: 'undos.run', hint: words.hints.undo },
    // No hint: rarely wanted, and the row of hints has no room for it.
    { key: 'F', command: 'undos.forget', when: 'region == restore.undos' },
    { key: 'p', command: 'undos.pin', when: 'region == restore.undos', hint: words.hints.pin },
    {
      key: 'd',
      command: 'undos.remove',
      when: 'region == restore.undos',
      hint: words.hints.removeUndo,
    },
    { key: 'enter', command: 'open', when: 'region == restore.undos', hint: words.hints.look },
    { key: 'esc', command: 'back', when: 'page != none', hint: words.hints.back },
    {
      key: 'esc',
      command: 'restore.up',
      when: 'page == plan || page == part || page == folder || page == room || page == rows',
      hint: words.hints.back,
    },
    { key: 'esc', command: 'restore.days', when: 'page == times', hint: words.hints.back },
    { key: '@', command: 'restore.days', when: 'page == none', hint: words.hints.moment },
    {
      key: 'v',
      command: 'backups.verify',
      when: 'region == restore.list',
      hint: words.hints.verify,
    },
    { key: 'enter', command: 'open', when: 'region == restore.list', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.path', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.at', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.days', hint: words.hints.times },
    { key: 'enter', command: 'open', when: 'region == restore.times', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.parts', hint: words.hints.into },
    {
      key: 'space',
      command: 'restore.pick',
      when: 'region == restore.parts',
      hint: words.hints.pick,
    },
    { key: 'enter', command: 'open', when: 'region == restore.search', hint: words.hints.search },
    { key: 'enter', command: 'open', when: 'region == restore.rows', hint: words.hints.planRows },
    {
      key: 'space',
      command: 'restore.mark',
      when: 'region == restore.rows',
      hint: words.hints.mark,
    },
    { key: 'enter', command: 'open', when: 'regionKind == button', hint: words.hints.press },
  ],
};

/** On the marked undos, or the selected one; only the selected one is taken back. */
function onUndos(id: string, title: string, action: (undo: Undo) => Action): UiCommand {
  return {
    id,
    title,
    category,
    disabledReason: (model) => (readyUndos(model).length === 0 ? words.noUndos : undefined),
    run(bench) {
      const model = bench.model();
      const list = undoList(model);
      const only = selectedIn(model, list);
      const application = model.state.snapshot?.application?.name ?? '';
      orderForAll(
        bench,
        id === 'undos.run' && only !== undefined ? [only] : chosenIn(model, list),
        {
          title,
          action,
          nameOf: (undo) => undoName(undo, model.nowMs),
          ...(id === 'undos.forget'
            ? { titleOfSeveral: words.forgetUndos, warns: consentTexts.forgetUndos }
            : {}),
          ...(id === 'undos.remove' ? { warns: consentTexts.removeUndos } : {}),
          ...(id === 'undos.remove' || id === 'undos.forget'
            ? { confirmation: () => application }
            : {}),
        },
      );
    },
  };
}
