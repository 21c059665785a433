import type { Backup } from '../../../protocol/domain/backup.ts';
import { texts } from '../../texts/texts.ts';
import type { BuiltList } from '../../widgets/build-list.ts';
import { emptyLine } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import { backupList } from '../back-up/backup-list.ts';
import type { Model } from '../bench.ts';
import { fieldState } from '../form-values.ts';
import { guide } from './guide.ts';
import { daySections, timeSections } from './moment-view.ts';
import { partSections } from './part-sections.ts';
import { folderSections, planSections } from './plan-sections.ts';
import { resultSections } from './restore-result.ts';
import { roomSections } from './room-page.ts';
import { rowsSections } from './rows-sections.ts';
import { undoList } from './undo-list.ts';
import { undoSections } from './undo-page.ts';

const words = texts.restore;

/** Choose, read the plan, type the name, see it through, undo: one page for each step. */
export function restoreSections(model: Model): readonly Section[] {
  const page = model.ui.pages.restore;
  if (page?.kind === 'plan') return planSections(model, page.job);
  if (page?.kind === 'folder') return folderSections(model, page.job);
  if (page?.kind === 'part') return partSections(model, page.job, page.path);
  if (page?.kind === 'rows') return rowsSections(model, page);
  if (page?.kind === 'days') return [guide(0, model.editorColumns), ...daySections(model)];
  if (page?.kind === 'times') {
    return [guide(0, model.editorColumns), ...timeSections(model, page.day)];
  }
  if (page?.kind === 'restore') return resultSections(model, page.job);
  if (page?.kind === 'undo') return undoSections(model, page.job);
  if (page?.kind === 'room') return roomSections(model, page.job);
  return chooseSections(model);
}

function chooseSections(model: Model): readonly Section[] {
  const path = fieldState(model, 'restore.path');
  return [
    guide(0, model.editorColumns),
    {
      kind: 'field',
      id: 'restore.path',
      label: words.path,
      value: path,
      placeholder: words.pathPlaceholder,
      submit: { command: 'restore.plan-path', args: {} },
    },
    { kind: 'lines', lines: [emptyLine], drop: 3 },
    restoreList(model),
    undoList(model),
  ];
}

export const restoreListId = 'restore.list';

/** Backups to choose from: Enter plans. */
export function restoreList(model: Model): BuiltList<Backup> {
  return backupList(model, restoreListId, ({ id }) => ({
    command: 'restore.plan',
    args: { backup: id },
  }));
}
