import type { Backup, Estimate } from '../../../protocol/domain/backup.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import type { Action } from '../../store/action.ts';
import type { Loaded } from '../../store/ui-state.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { texts } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { BuiltList } from '../../widgets/build-list.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import { progressBar } from '../../widgets/progress-bar.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { fieldState, fieldText } from '../form-values.ts';
import { jobShare, progressWords } from '../jobs/job-words.ts';
import { bullet } from '../page-lines.ts';
import { backupDetails } from './backup-details.ts';
import { backupList } from './backup-list.ts';
import { contentsSections } from './contents-page.ts';

const words = texts.backUp;
export const otherFolder = '/';

/** The form above the list of backups, or one backup with all that is known of it. */
export function backUpSections(model: Model): readonly Section[] {
  const page = model.ui.pages['back-up'];
  if (page?.kind === 'backup') return backupDetails(model, page.backup);
  if (page?.kind === 'contents') return contentsSections(model, page);
  return [
    ...formSections(model),
    { kind: 'lines', lines: [emptyLine], drop: 5 },
    mainBackupList(model),
  ];
}

export const backupListId = 'back-up.list';

/** The list of this screen: Enter shows the backup. */
export function mainBackupList(model: Model): BuiltList<Backup> {
  return backupList(model, backupListId, ({ id }) => ({
    command: 'backups.show',
    args: { backup: id },
  }));
}

function formSections(model: Model): readonly Section[] {
  const submit = createAction(model);
  const chosen = fieldText(model, 'back-up.to', presetStore(model));
  const stores = model.state.snapshot?.stores ?? [];
  const options = [
    ...stores.map(({ id, path, state }) => ({
      value: id,
      label: state === 'online' ? `${id}  ${path}` : `${id}  ${state}`,
    })),
    { value: otherFolder, label: words.otherFolder },
  ];
  return [
    {
      kind: 'field',
      id: 'back-up.name',
      label: words.name,
      value: fieldState(model, 'back-up.name'),
      placeholder: words.namePlaceholder,
      submit,
    },
    { kind: 'choice', id: 'back-up.to', label: words.to, options, value: chosen, submit },
    ...(chosen === otherFolder
      ? [
          {
            kind: 'field' as const,
            id: 'back-up.folder',
            label: words.folder,
            value: fieldState(model, 'back-up.folder'),
            placeholder: '/mnt/usb',
            submit,
          },
        ]
      : []),
    {
      kind: 'buttons',
      buttons: [
        { id: 'back-up.start', label: words.start, action: submit, disabled: blocked(model) },
      ],
    },
    { kind: 'lines', lines: estimateLines(model) },
  ];
}

export function presetStore(model: Model): string {
  return model.state.snapshot?.stores[0]?.id ?? otherFolder;
}

/** Where the form points: a store, or the folder that was typed. */
export function chosenDestination(model: Model): string {
  const chosen = fieldText(model, 'back-up.to', presetStore(model));
  return chosen === otherFolder ? fieldText(model, 'back-up.folder').trim() : chosen;
}

function createAction(model: Model): Action {
  const name = fieldText(model, 'back-up.name').trim();
  const to = chosenDestination(model);
  return {
    command: 'backup.create',
    args: { ...(name === '' ? {} : { name }), ...(to === '' ? {} : { to }) },
  };
}

function blocked(model: Model): string | undefined {
  if (model.state.connection.kind !== 'open') return texts.workbench.disconnectedReason;
  if (model.state.snapshot?.application === undefined) return words.notConfigured;
  return undefined;
}

/** A backup at work stands where its estimate stood. */
function estimateLines(model: Model): readonly Line[] {
  const running = model.state.snapshot?.jobs.find(
    (job) => job.kind === 'backup' && job.state.kind === 'running',
  );
  if (running !== undefined) return [runningLine(running, model)];
  const { estimate } = model.ui.data;
  if (estimate === undefined) return [emptyLine];
  const cells = Math.max(20, model.editorColumns - 4);
  return wordEstimate(estimate, cells).map((one): Line => [span('  '), ...one]);
}

function runningLine(job: Job, model: Model): Line {
  const share = jobShare(job);
  return [
    span('  '),
    progressBar(share, 22, model.glyphs),
    span(share === undefined ? ' ' : ` ${Math.floor(share * 100)} % `, 'strong'),
    span(progressWords(job)),
  ];
}

function wordEstimate(estimate: Loaded<Estimate>, cells: number): readonly Line[] {
  switch (estimate.kind) {
    case 'loading':
      return [line(words.estimating, 'muted')];
    case 'failed': {
      const { message, hint } = wordFailure(estimate.failure);
      return bullet('!', hint === undefined ? message : `${message}. ${hint}`, cells, 'warning');
    }
    case 'ready': {
      const { archiveBytes, seconds, freeBytes, files, warnings, encrypted } = estimate.value;
      const enough = freeBytes > archiveBytes;
      const text = words.estimate(
        formatBytes(archiveBytes),
        formatDuration(Math.max(1, Math.round(seconds))),
        formatBytes(freeBytes),
        files,
      );
      return [
        line(text, enough ? 'muted' : 'error'),
        ...(encrypted === true ? [line(words.willBeEncrypted, 'muted')] : []),
        ...warnings.flatMap((warning) => bullet('!', warning, cells, 'warning')),
      ];
    }
    default:
      return estimate satisfies never;
  }
}
