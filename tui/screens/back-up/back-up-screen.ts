import * as z from 'zod';
import { backupEstimate, type Destination } from '../../../protocol/methods/backup.ts';
import { mayAsk } from '../../store/role-of.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, Model, Screen } from '../bench.ts';
import { setFields } from '../form-values.ts';
import { openPage } from '../navigate.ts';
import { whenTyped } from '../when-typed.ts';
import { backUpSections, backupListId, chosenDestination } from './back-up-view.ts';
import { contentsBindings, contentsCommands } from './contents-commands.ts';
import { filterBackups, readingKey, readOn } from './filter-backups.ts';
import { selectionCommands } from './selection-commands.ts';

const words = texts.backUp;
const category = texts.workbench.views['back-up'];
const BackupArgs = z.object({ backup: z.string() });
const typingPauseMs = 400;

export const backUpScreen: Screen = {
  id: 'back-up',
  title: texts.workbench.views['back-up'],
  sections: backUpSections,
  onShow(bench) {
    loadEstimate(bench);
    filterBackups(bench, backupListId);
  },
  live: {
    key: (ui) => readingKey(ui, backupListId),
    run: async (bench) => readOn(bench, backupListId),
  },
  onField(bench, field) {
    if (field === backupListId) filterBackups(bench, field);
    else if (field.startsWith('back-up.') && field !== 'back-up.name')
      whenTyped(
        () => chosenDestination(bench.model()),
        typingPauseMs,
        () => loadEstimate(bench),
      );
  },
  onOutcome(bench, command, outcome) {
    if (command === 'backup.create' && outcome.kind === 'job') {
      setFields(bench, { 'back-up.name': undefined });
      bench.updateUi((ui) => ({ ...ui, focus: { ...ui.focus, 'back-up': 'back-up.list' } }));
    }
    if (command === 'backup.delete') bench.run({ command: 'back' });
  },
  commands: [
    {
      id: 'back-up.form',
      title: words.commands.form,
      category,
      internal: true,
      run: (bench) => openPage(bench, 'back-up', undefined, 'back-up.name'),
    },
    {
      id: 'back-up.filter',
      title: words.commands.filter,
      category,
      run(bench) {
        openPage(bench, 'back-up', undefined, backupListId);
        bench.run({ command: 'list.filter', args: { list: backupListId } });
      },
    },
    {
      id: 'backups.show',
      title: words.commands.show,
      category,
      internal: true,
      run: (bench, args) =>
        openPage(
          bench,
          'back-up',
          { kind: 'backup', backup: BackupArgs.parse(args).backup },
          'backup.page',
        ),
    },
    ...selectionCommands,
    ...contentsCommands,
  ],
  bindings: [
    { key: '/', command: 'back-up.filter', when: 'page == none' },
    ...['back-up.list', 'backup.page'].flatMap((region) => {
      const when = `region == ${region}`;
      return [
        { key: 'y', command: 'backups.copy', when, hint: words.hints.copy },
        { key: 'd', command: 'backups.delete', when, hint: words.hints.delete },
        { key: 'delete', command: 'backups.delete', when },
        { key: '=', command: 'backups.diff', when },
        { key: 'f', command: 'backups.consolidate', when },
        { key: 'c', command: 'backups.copy-to', when },
        { key: 'M', command: 'backups.move-to', when },
        { key: 'p', command: 'backups.pin', when },
        { key: 't', command: 'backups.drill', when },
        { key: 'D', command: 'backups.download', when },
        {
          key: 'o',
          command: 'backups.look-into',
          when,
          hint: texts.backUp.contents.hints.contents,
        },
        { key: 'v', command: 'backups.verify', when, hint: words.hints.verify },
        { key: 'r', command: 'backups.restore', when, hint: words.hints.restore },
      ];
    }),
    { key: 'enter', command: 'open', when: 'region == back-up.list', hint: words.hints.details },
    { key: 'esc', command: 'back', when: 'page == backup', hint: words.hints.back },
    ...contentsBindings,
    {
      key: 'enter',
      command: 'open',
      when: 'regionKind == field && page == none',
      hint: words.hints.start,
    },
    { key: 'enter', command: 'open', when: 'regionKind == choice', hint: words.hints.start },
    { key: 'tab', command: 'region.next', when: 'page == none', hint: words.hints.next },
  ],
};

function destinationOf(model: Model): Destination | undefined {
  const chosen = chosenDestination(model);
  if (chosen === '') return undefined;
  return chosen.startsWith('/')
    ? { kind: 'folder', folder: chosen }
    : { kind: 'store', store: chosen };
}

function loadEstimate(bench: Bench): void {
  const model = bench.model();
  if (model.state.snapshot?.application === undefined) return;
  if (!mayAsk(model.state, backupEstimate)) return;
  const destination = destinationOf(model);
  if (destination === undefined) return;
  bench.load('estimate', chosenDestination(model), () =>
    bench.session.call(backupEstimate, { destination }),
  );
}
