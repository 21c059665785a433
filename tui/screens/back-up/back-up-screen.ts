import * as z from 'zod';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { backupEstimate, type Destination } from '../../../protocol/methods/backup.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, Model, Screen, UiCommand } from '../bench.ts';
import { fieldText, setFields } from '../form-values.ts';
import { openPage, selectedRow } from '../navigate.ts';
import { backUpSections, chosenDestination } from './back-up-view.ts';

const words = texts.backUp;
const category = texts.workbench.views['back-up'];
const BackupArgs = z.object({ backup: z.string() });
// Typing a folder must not ask at every letter.
const typingPauseMs = 400;

export const backUpScreen: Screen = {
  id: 'back-up',
  title: texts.workbench.views['back-up'],
  sections: backUpSections,
  onShow: (bench) => loadEstimate(bench),
  onField(bench, field) {
    if (field === 'back-up.filter') filterBackups(bench);
    else if (field !== 'back-up.name') setTimeout(() => loadEstimate(bench), typingPauseMs);
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
      run: (bench) => openPage(bench, 'back-up', undefined, 'back-up.filter'),
    },
    {
      id: 'back-up.clear-filter',
      title: words.commands.clearFilter,
      category,
      internal: true,
      run(bench) {
        setFields(bench, { 'back-up.filter': undefined });
        filterBackups(bench);
        if (bench.model().ui.view === 'back-up') {
          openPage(bench, 'back-up', undefined, 'back-up.list');
        }
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
    onSelected('backups.restore', words.commands.restore, ({ id }) => ({
      command: 'restore.plan',
      args: { backup: id },
    })),
    onSelected('backups.verify', words.commands.verify, ({ id }) => ({
      command: 'backup.verify',
      args: { backup: id },
    })),
    onSelected('backups.diff', words.commands.diff, ({ id }) => ({
      command: 'backup.diff',
      args: { from: id },
    })),
    onSelected('backups.consolidate', words.commands.consolidate, ({ id }) => ({
      command: 'backup.consolidate',
      args: { backup: id },
    })),
    onSelected('backups.copy-to', words.commands.copyTo, ({ id }) => ({
      command: 'backup.copy',
      args: { backup: id },
    })),
    onSelected('backups.move-to', words.commands.moveTo, ({ id }) => ({
      command: 'backup.move',
      args: { backup: id },
    })),
    onSelected('backups.drill', words.commands.drill, ({ id }) => ({
      command: 'drill',
      args: { backup: id },
    })),
    onSelected('backups.pin', words.commands.pin, ({ id, pinned }) => ({
      command: pinned === true ? 'backup.unpin' : 'backup.pin',
      args: { backup: id },
    })),
    onSelected('backups.delete', words.commands.delete, ({ id }) => ({
      command: 'backup.delete',
      args: { backup: id },
    })),
    onSelected('backups.copy', words.commands.copy, ({ id }) => ({
      command: 'copy',
      args: { text: `kedge restore run ${id}` },
    })),
  ],
  bindings: [
    { key: '/', command: 'back-up.filter', when: 'page == none', hint: words.hints.filter },
    { key: 'esc', command: 'back-up.clear-filter', when: 'region == back-up.filter' },
    {
      key: 'esc',
      command: 'back-up.clear-filter',
      when: 'region == back-up.list && backupsFiltered',
      hint: words.hints.all,
    },
    ...['back-up.list', 'backup.page'].flatMap((region) => {
      const when = `region == ${region}`;
      return [
        { key: 'y', command: 'backups.copy', when, hint: words.hints.copy },
        { key: 'd', command: 'backups.delete', when, hint: words.hints.delete },
        { key: 'delete', command: 'backups.delete', when },
        { key: '=', command: 'backups.diff', when },
        { key: 'f', command: 'backups.consolidate', when },
        { key: 'c', command: 'backups.copy-to', when },
        { key: 'm', command: 'backups.move-to', when },
        { key: 'p', command: 'backups.pin', when },
        { key: 't', command: 'backups.drill', when },
        { key: 'v', command: 'backups.verify', when, hint: words.hints.verify },
        { key: 'r', command: 'backups.restore', when, hint: words.hints.restore },
      ];
    }),
    { key: 'enter', command: 'open', when: 'region == back-up.list', hint: words.hints.details },
    { key: 'esc', command: 'back', when: 'page == backup', hint: words.hints.back },
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

/** A command on the backup whose page is open, or on the selected row. */
function onSelected(
  id: string,
  title: string,
  action: (backup: Backup) => Parameters<Bench['run']>[0],
): UiCommand {
  return {
    id,
    title,
    category,
    disabledReason: (model) =>
      model.state.backups.items.length === 0 ? words.noneShort : undefined,
    run(bench) {
      const backup = currentBackup(bench);
      if (backup === undefined) bench.notify('warning', texts.workbench.noSelection);
      else bench.run(action(backup));
    },
  };
}

function currentBackup(bench: Bench): Backup | undefined {
  const { state, ui } = bench.model();
  const page = ui.view === 'back-up' ? ui.pages['back-up'] : undefined;
  const { items } = state.backups;
  if (page?.kind === 'backup') return items.find(({ id }) => id === page.backup);
  return selectedRow(bench, ui.view === 'restore' ? 'restore.list' : 'back-up.list', items);
}

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
  const destination = destinationOf(model);
  if (destination === undefined) return;
  bench.load('estimate', chosenDestination(model), () =>
    bench.session.call(backupEstimate, { destination }),
  );
}

function filterBackups(bench: Bench): void {
  const { wanted } = bench.model().state.backups;
  const filter = fieldText(bench.model(), 'back-up.filter').trim();
  void bench.session.loadBackups(wanted, filter).catch(() => undefined);
}
