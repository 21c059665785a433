import * as z from 'zod';
import type { Keybinding } from '../../keys/keybinding.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { chosenIn } from '../chosen-rows.ts';
import { openPage } from '../navigate.ts';
import {
  type ContentsPage,
  contentsList,
  contentsListId,
  loadContents,
  pathOf,
} from './contents-page.ts';

const words = texts.backUp.contents;
const category = texts.workbench.views['back-up'];
const Contents = z.object({ backup: z.string(), path: z.string().default('') });

/** Looking into a backup, and taking parts out of it. */
export const contentsCommands: readonly UiCommand[] = [
  {
    id: 'backups.contents',
    title: words.commands.show,
    category,
    internal: true,
    run: (bench, args) => openContents(bench, { kind: 'contents', ...Contents.parse(args) }),
  },
  { id: 'backups.contents-up', title: words.up, category, internal: true, run: goUp },
  {
    id: 'backups.extract',
    title: words.commands.extract,
    category,
    internal: true,
    run(bench) {
      const page = pageIn(bench);
      const paths = chosenPaths(bench);
      if (page === undefined || paths.length === 0) return bench.notify('muted', words.nothing);
      // Where to is asked.
      bench.run({ command: 'backup.extract', args: { backup: page.backup, path: paths } });
    },
  },
  {
    id: 'backups.restore-part',
    title: words.commands.restore,
    category,
    internal: true,
    run(bench) {
      const page = pageIn(bench);
      const only = chosenPaths(bench);
      if (page === undefined || only.length === 0) return bench.notify('muted', words.nothing);
      bench.run({ command: 'restore.plan', args: { backup: page.backup, only } });
    },
  },
];

const inContents = 'page == contents';

export const contentsBindings: readonly Keybinding[] = [
  { key: 'backspace', command: 'backups.contents-up', when: inContents },
  { key: 'r', command: 'backups.restore-part', when: inContents, hint: words.hints.restore },
  { key: 'e', command: 'backups.extract', when: inContents, hint: words.hints.extract },
  {
    key: 'enter',
    command: 'open',
    when: `region == ${contentsListId}`,
    hint: words.hints.open,
  },
  { key: 'esc', command: 'backups.contents-up', when: inContents, hint: words.hints.up },
];

function pageIn(bench: Bench): ContentsPage | undefined {
  const page = bench.model().ui.pages['back-up'];
  return page?.kind === 'contents' ? page : undefined;
}

function chosenPaths(bench: Bench): readonly string[] {
  const page = pageIn(bench);
  if (page === undefined) return [];
  const model = bench.model();
  return chosenIn(model, contentsList(model, page)).map((entry) => pathOf(page.path, entry));
}

/** Each folder begins at its top, unmarked. */
function openContents(bench: Bench, page: ContentsPage): void {
  openPage(bench, 'back-up', page, contentsListId);
  bench.updateUi(({ places, lists, ...ui }) => {
    const { [contentsListId]: _place, ...otherPlaces } = places;
    const { marks: _marks, filter: _filter, ...view } = lists[contentsListId] ?? {};
    return { ...ui, places: otherPlaces, lists: { ...lists, [contentsListId]: view } };
  });
  loadContents(bench, page);
}

function goUp(bench: Bench): void {
  const page = pageIn(bench);
  if (page === undefined) return;
  const { backup, path } = page;
  if (path === '') openPage(bench, 'back-up', { kind: 'backup', backup }, 'backup.page');
  else {
    const above = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    openContents(bench, { kind: 'contents', backup, path: above });
  }
}
