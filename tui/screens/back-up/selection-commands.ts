import { basename } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { Action } from '../../store/action.ts';
import { wordNear } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, Model, UiCommand } from '../bench.ts';
import { asCommand, chosenIn, orderForAll } from '../chosen-rows.ts';
import { restoreList } from '../restore/restore-view.ts';
import { mainBackupList } from './back-up-view.ts';
import { backupName } from './backup-words.ts';

const words = texts.backUp;
const category = texts.workbench.views['back-up'];

/** What can be done with the backup whose page is open, with those that are marked, or with the selected one. */
export const selectionCommands: readonly UiCommand[] = [
  forEach('backups.restore', words.commands.restore, ({ id }) => one('restore.plan', id)),
  forEach('backups.verify', words.commands.verify, ({ id }) => one('backup.verify', id)),
  command('backups.look-into', texts.backUp.contents.commands.show, (bench, [first]) =>
    bench.run({ command: 'backups.contents', args: { backup: first?.id } }),
  ),
  command('backups.diff', words.commands.diff, compare),
  {
    ...forEach('backups.consolidate', words.commands.consolidate, ({ id }) =>
      one('backup.consolidate', id),
    ),
    disabledReason: reasonNotToConsolidate,
  },
  command('backups.copy-to', words.commands.copyTo, (bench, backups) =>
    bench.run(toOther('backup.copy', backups)),
  ),
  command('backups.move-to', words.commands.moveTo, (bench, backups) =>
    bench.run(toOther('backup.move', backups)),
  ),
  forEach('backups.download', words.commands.download, ({ id }) => one('backup.download', id)),
  forEach('backups.drill', words.commands.drill, ({ id }) => one('drill', id)),
  forEach('backups.pin', words.commands.pin, ({ id, pinned }) =>
    one(pinned === true ? 'backup.unpin' : 'backup.pin', id),
  ),
  forEach('backups.delete', words.commands.delete, ({ id }) => one('backup.delete', id)),
  command('backups.copy', words.commands.copy, (bench, backups) => {
    const lines = backups.map(({ id }) => asCommand(one('restore.run', id)));
    bench.run({ command: 'copy', args: { text: lines.join('\n') } });
  }),
];

function one(command: string, backup: string): Action {
  return { command, args: { backup } };
}

function command(
  id: string,
  title: string,
  run: (bench: Bench, backups: readonly Backup[]) => void,
): UiCommand {
  return {
    id,
    title,
    category,
    disabledReason: reasonForNone,
    run(bench) {
      const backups = chosenBackups(bench.model());
      if (backups.length === 0) bench.notify('warning', texts.workbench.noSelection);
      else run(bench, backups);
    },
  };
}

function forEach(id: string, title: string, action: (backup: Backup) => Action): UiCommand {
  const confirmation = id === 'backups.delete' ? { confirmation: fileName } : {};
  return command(id, title, (bench, backups) =>
    orderForAll(bench, backups, { title, action, nameOf: backupName, ...confirmation }),
  );
}

function fileName({ path }: Backup): string {
  return basename(path);
}

/** Two marked ones with each other; of one the other is picked among the rest, first that before it. */
function compare(bench: Bench, backups: readonly Backup[]): void {
  const [one, two, ...more] = backups;
  if (one === undefined) return;
  if (more.length > 0) bench.notify('warning', words.compareTwo);
  else if (two !== undefined) bench.run(comparison(one, two));
  else pickOther(bench, one);
}

function pickOther(bench: Bench, one: Backup): void {
  const { state, nowMs } = bench.model();
  const others = state.backups.items.filter(({ id }) => id !== one.id);
  if (others.length === 0) {
    bench.notify('warning', words.compareAlone);
    return;
  }
  const before = others.findIndex(({ capturedAtMs }) => capturedAtMs < one.capturedAtMs);
  bench.choose({
    title: words.compareWith(backupName(one)),
    selected: Math.max(0, before),
    offers: others.map((other) => ({
      title: backupName(other),
      detail: wordNear(other.capturedAtMs, nowMs),
      action: comparison(one, other),
    })),
  });
}

/** From the older one to the newer: what was added is what came since. */
function comparison(one: Backup, other: Backup): Action {
  const [from, to] = [one, other].toSorted((a, b) => a.capturedAtMs - b.capturedAtMs);
  return { command: 'backup.diff', args: { from: from?.id, to: to?.id } };
}

function toOther(command: string, backups: readonly Backup[]): Action {
  const [first] = backups;
  const ids = backups.map(({ id }) => id);
  return { command, args: { backup: backups.length === 1 ? first?.id : ids } };
}

function reasonForNone({ state }: Model): string | undefined {
  return state.backups.items.length === 0 ? words.noneShort : undefined;
}

/** Of a full it would make the same again. */
function reasonNotToConsolidate(model: Model): string | undefined {
  const chosen = chosenBackups(model);
  const isFull = chosen.length > 0 && chosen.every(({ kind }) => kind === 'full');
  return reasonForNone(model) ?? (isFull ? words.fullAlready : undefined);
}

function chosenBackups(model: Model): readonly Backup[] {
  const { state, ui } = model;
  const page = ui.view === 'back-up' ? ui.pages['back-up'] : undefined;
  if (page?.kind === 'backup' || page?.kind === 'contents') {
    return state.backups.items.filter(({ id }) => id === page.backup);
  }
  return chosenIn(model, ui.view === 'restore' ? restoreList(model) : mainBackupList(model));
}
