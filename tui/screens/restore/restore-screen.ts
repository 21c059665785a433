import { z } from 'zod';
import { backupBrowse } from '../../../protocol/methods/backup.ts';
import { absolutePath } from '../../commands/read-arguments.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, Screen } from '../bench.ts';
import { fieldText } from '../form-values.ts';
import { openPage, selectedRow } from '../navigate.ts';
import { choiceCommands } from './choice-commands.ts';
import { momentCommands } from './moment-commands.ts';
import { browseAbout, partRows, pickAction } from './part-sections.ts';
import { askedAgain } from './plan-answers.ts';
import { planOf } from './plan-sections.ts';
import { restoreSections } from './restore-view.ts';
import { readyUndos, selectedUndo } from './undo-list.ts';

const words = texts.restore;
const category = texts.workbench.views.restore;

const JobArgs = z.object({ job: z.number() });
const PartArgs = z.object({ job: z.number(), path: z.string() });
/** What is shown of one folder at most. */
const entriesAtMost = 1000;

/** Whoever comes back finds the restore at work, wherever it was started. */
function showRunning(bench: Bench): void {
  const { ui, state } = bench.model();
  if (ui.pages.restore !== undefined) return;
  const kinds = ['restore', 'undo', 'recovery'];
  const running = state.snapshot?.jobs.find(
    ({ kind, state: { kind: at } }) => kinds.includes(kind) && at === 'running',
  );
  if (running === undefined) return;
  const page = { kind: 'restore', job: running.id } as const;
  bench.updateUi((now) => ({ ...now, pages: { ...now.pages, restore: page } }));
}

function openPart(bench: Bench, job: number, path: string): void {
  openPage(bench, 'restore', { kind: 'part', job, path }, 'restore.parts');
  bench.updateUi((ui) => ({
    ...ui,
    places: { ...ui.places, 'restore.parts': { selected: 0, top: 0 } },
  }));
  const plan = planOf(bench.model(), job);
  const change = plan?.changes.find(({ source }) => source === path);
  if (plan === undefined || path === '' || change?.tables !== undefined) return;
  bench.load('browse', browseAbout(plan, path), async () => {
    const backup = { kind: 'path', path: plan.backup.path } as const;
    const query = { backup, path, offset: 0, limit: entriesAtMost };
    return (await bench.session.call(backupBrowse, query)).entries;
  });
}

/** From a part or a folder to what was there before it. */
function goUp(bench: Bench): void {
  const page = bench.model().ui.pages.restore;
  if (page?.kind === 'part' && page.path !== '') {
    openPart(bench, page.job, page.path.slice(0, Math.max(0, page.path.lastIndexOf('/'))));
  } else if (page?.kind === 'part' || page?.kind === 'folder' || page?.kind === 'room') {
    openPage(bench, 'restore', { kind: 'plan', job: page.job }, 'plan.page');
  }
}

const planCommands: Screen['commands'] = [
  {
    id: 'restore.to-folder',
    title: words.commands.toFolder,
    category,
    internal: true,
    run: (bench, args) =>
      openPage(bench, 'restore', { kind: 'folder', ...JobArgs.parse(args) }, 'restore.folder'),
  },
  {
    id: 'restore.part',
    title: words.commands.part,
    category,
    internal: true,
    run(bench, args) {
      const { job, path } = PartArgs.parse(args);
      openPart(bench, job, path);
    },
  },
  { id: 'restore.up', title: words.back, category, internal: true, run: goUp },
  {
    id: 'restore.reopen',
    title: words.commands.reopen,
    category,
    internal: true,
    run: (bench, args) =>
      openPage(bench, 'restore', { kind: 'plan', ...JobArgs.parse(args) }, 'plan.page'),
  },
  {
    id: 'restore.pick',
    title: words.commands.pick,
    category,
    internal: true,
    run(bench) {
      const model = bench.model();
      const page = model.ui.pages.restore;
      if (page?.kind !== 'part') return;
      const rows = partRows(model, page.job, page.path) ?? [];
      const row = selectedRow(bench, 'restore.parts', rows);
      if (row !== undefined) bench.run(pickAction(model, page.job, row));
    },
  },
  {
    id: 'restore.unpack',
    title: words.commands.unpack,
    category,
    internal: true,
    run(bench, args) {
      const plan = planOf(bench.model(), JobArgs.parse(args).job);
      const typed = fieldText(bench.model(), 'restore.folder').trim();
      if (typed === '') bench.notify('warning', words.typeFolder);
      else if (plan !== undefined) {
        const elsewhere = absolutePath(typed);
        bench.run({ command: 'restore.plan', args: { ...askedAgain(plan), elsewhere } });
      }
    },
  },
];

export const restoreScreen: Screen = {
  id: 'restore',
  title: category,
  sections: restoreSections,
  onOutcome(bench, command, outcome) {
    if (outcome.kind !== 'job') return;
    const { job } = outcome;
    if (command === 'restore.plan') openPage(bench, 'restore', { kind: 'plan', job }, 'plan.page');
    if (command === 'undo.show') openPage(bench, 'restore', { kind: 'undo', job }, 'undo.page');
    if (command === 'restore.run' || command === 'undo.run') {
      openPage(bench, 'restore', { kind: 'restore', job });
    }
  },
  onShow: showRunning,
  commands: [
    ...momentCommands,
    ...choiceCommands,
    ...planCommands,
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
      id: 'restore.choose',
      title: words.commands.choose,
      category,
      internal: true,
      run: (bench) => openPage(bench, 'restore', undefined),
    },
    {
      id: 'undos.run',
      title: words.commands.undo,
      category,
      disabledReason: (model) => (readyUndos(model).length === 0 ? words.noUndos : undefined),
      run(bench) {
        const undo = selectedUndo(bench);
        if (undo !== undefined) bench.run({ command: 'undo.run', args: { undo: undo.id } });
      },
    },
    {
      id: 'undos.pin',
      title: words.commands.pinUndo,
      category,
      disabledReason: (model) => (readyUndos(model).length === 0 ? words.noUndos : undefined),
      run(bench) {
        const undo = selectedUndo(bench);
        const command = undo?.pinned === true ? 'undo.unpin' : 'undo.pin';
        if (undo !== undefined) bench.run({ command, args: { undo: undo.id } });
      },
    },
    {
      id: 'undos.remove',
      title: words.commands.removeUndo,
      category,
      disabledReason: (model) => (readyUndos(model).length === 0 ? words.noUndos : undefined),
      run(bench) {
        const undo = selectedUndo(bench);
        if (undo !== undefined) bench.run({ command: 'undo.remove', args: { undo: undo.id } });
      },
    },
  ],
  bindings: [
    { key: 'tab', command: 'region.next', hint: words.hints.next },
    { key: 'u', command: 'undos.run', hint: words.hints.undo },
    {
      key: 'esc',
      command: 'restore.up',
      when: 'page == part || page == folder',
      hint: words.hints.back,
    },
    { key: 'p', command: 'undos.pin', when: 'region == restore.undos', hint: words.hints.pin },
    {
      key: 'd',
      command: 'undos.remove',
      when: 'region == restore.undos',
      hint: words.hints.removeUndo,
    },
    { key: 'enter', command: 'open', when: 'region == restore.undos', hint: words.hints.look },
    { key: 'esc', command: 'back', when: 'page != none', hint: words.hints.back },
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
    { key: 'enter', command: 'open', when: 'regionKind == button', hint: words.hints.press },
  ],
};
