import * as z from 'zod';
import { backupBrowse } from '../../../protocol/methods/backup.ts';
import { absolutePath } from '../../commands/read-arguments.ts';
import type { Page } from '../../store/ui-state.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { selectedIn } from '../chosen-rows.ts';
import { fieldText } from '../form-values.ts';
import { openPage } from '../navigate.ts';
import { browseAbout, partList, pickAction } from './part-sections.ts';
import { askedAgain } from './plan-answers.ts';
import { planOf } from './plan-sections.ts';

const words = texts.restore;
const category = texts.workbench.views.restore;
const JobArgs = z.object({ job: z.number() });
const PartArgs = z.object({ job: z.number(), path: z.string() });
/** What is shown of one folder at most. */
const entriesAtMost = 1000;

/** What a plan's answers lead to: a folder, a part, and back. */
export const planCommands: readonly UiCommand[] = [
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
      const row = selectedIn(model, partList(model, page.job, page.path));
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

/** Back to where a plan was asked for; without that, to the backups. */
function openFrom(bench: Bench, from: Page | undefined): void {
  if (from?.kind === 'part') openPart(bench, from.job, from.path);
  else openPage(bench, 'restore', from, from === undefined ? undefined : regionOf[from.kind]);
}

/** What of a page takes the keys first. */
const regionOf: Readonly<Partial<Record<Page['kind'], string>>> = {
  plan: 'plan.page',
  rows: 'restore.rows',
  folder: 'restore.folder',
  room: 'restore.room',
  times: 'restore.times',
  days: 'restore.days',
};

/** From a part or a folder to what was there before it. */
function goUp(bench: Bench): void {
  const page = bench.model().ui.pages.restore;
  if (page?.kind === 'plan') {
    openFrom(bench, page.from);
  } else if (page?.kind === 'part' && page.path !== '') {
    openPart(bench, page.job, page.path.slice(0, Math.max(0, page.path.lastIndexOf('/'))));
  } else if (page?.kind === 'rows') {
    openPart(bench, page.job, page.source);
  } else if (page?.kind === 'part' || page?.kind === 'folder' || page?.kind === 'room') {
    openPage(bench, 'restore', { kind: 'plan', job: page.job }, 'plan.page');
  }
}
