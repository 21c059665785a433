import type { Backup } from '../../../protocol/domain/backup.ts';
import type { BackupCopy } from '../../../protocol/domain/copy.ts';
import { fetchCommand } from '../../host/copy-command.ts';
import { awayWords } from '../../texts/away-words.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formats } from '../../texts/formats.ts';
import { wordAgo, wordMomentFully } from '../../texts/moment.ts';
import { quoteForShell } from '../../texts/quote-for-shell.ts';
import { texts } from '../../texts/texts.ts';
import { wordEngine } from '../../texts/word-engine.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import { cutRows } from '../../widgets/word-wrap.ts';
import type { Model } from '../bench.ts';
import { bullet, heading, labelled } from '../page-lines.ts';
import { backupName, checkTone, checkWord, drillWords } from './backup-words.ts';

const words = texts.backUp.details;

/** One backup: what is in it, how it is proven, what is missing, how to fetch it. */
export function backupDetails(model: Model, id: string): readonly Section[] {
  const backup = model.state.backups.items.find((one) => one.id === id);
  if (backup === undefined) {
    return [
      { kind: 'lines', lines: [line(` ${words.gone}`, 'warning')] },
      {
        kind: 'buttons',
        buttons: [{ id: 'backup.back', label: words.back, action: { command: 'back' } }],
      },
    ];
  }
  const args = { backup: backup.id };
  return [
    { kind: 'lines', lines: [[span(` ${backupName(backup)}`, 'heading')]] },
    {
      kind: 'buttons',
      buttons: [
        { id: 'backup.restore', label: words.restore, action: { command: 'restore.plan', args } },
        {
          id: 'backup.contents',
          label: texts.backUp.contents.button,
          action: { command: 'backups.contents', args },
        },
        { id: 'backup.verify', label: words.verify, action: { command: 'backup.verify', args } },
        {
          id: 'backup.copy',
          label: words.copyScp,
          action: { command: 'copy', args: { text: fetchCommand(backup, model.state.server) } },
        },
        { id: 'backup.delete', label: words.delete, action: { command: 'backup.delete', args } },
        { id: 'backup.back', label: words.back, action: { command: 'back' } },
      ],
    },
    {
      kind: 'page',
      id: 'backup.page',
      min: 4,
      lines: (width) => detailLines(backup, model, width),
    },
  ];
}

function detailLines(backup: Backup, model: Model, width: number): readonly Line[] {
  const cells = width - 1;
  const rows = [
    ...labelled(words.path, backup.path, cells),
    ...labelled(
      words.time,
      `${wordMomentFully(backup.capturedAtMs)} (${wordAgo(backup.capturedAtMs, model.nowMs)})`,
      cells,
    ),
    ...labelled(
      words.kind,
      `${words.kindOf(texts.schedules.kindsLong[backup.kind], backup.baseName)}${formats().comma}${words.origin[backup.origin]}`,
      cells,
    ),
    ...labelled(
      words.size,
      words.sizes(formatBytes(backup.sizeBytes), formatBytes(backup.contentBytes)),
      cells,
    ),
    ...(backup.encryption === undefined
      ? []
      : labelled(words.lock, words.locks[backup.encryption], cells)),
    ...labelled(
      words.outcome,
      texts.states.outcomes[backup.outcome],
      cells,
      backup.gaps.length === 0 ? 'ok' : 'warning',
    ),
    ...labelled(words.check, checkWord(backup, model.nowMs), cells, checkTone(backup)),
    ...proofLines(backup, cells),
    ...drillLines(backup, model.nowMs, cells),
    ...(backup.pinned === true ? labelled(words.pinned, words.pinnedYes, cells) : []),
    ...labelled(words.sha256, backup.sha256 ?? words.shaUnknown, cells),
    ...labelled(words.where, placeWords(backup), cells),
    ...(backup.copies ?? []).flatMap((copy) =>
      labelled(words.alsoAt, `${copy.path} (${placeWords(copy)})`, cells),
    ),
    ...(backup.applicationVersion === undefined
      ? []
      : labelled(words.version, backup.applicationVersion, cells)),
    ...(backup.base === undefined ? [] : labelled(words.base, backup.base, cells)),
    ...heading(words.sources),
    ...backup.sources.flatMap((source) =>
      labelled(
        source.name,
        words.source(wordEngine(source.engine), source.members, formatBytes(source.bytes)),
        cells,
      ),
    ),
    ...gapLines(backup, cells),
    ...heading(words.fetch),
    ...copyRows(fetchCommand(backup, model.state.server), cells),
    ...copyRows(`kedge restore run ${backup.id}`, cells),
    ...copyRows(unpackCommand(backup), cells),
  ];
  return rows.map((one): Line => [span(' '), ...one]);
}

/** The store, and that it is not here where it is not. */
function placeWords(place: BackupCopy): string {
  const name = place.store ?? words.outside;
  if (place.presence === 'present') return name;
  return awayWords(place) ?? `${name}${formats().comma}${texts.states.presence[place.presence]}`;
}

function unpackCommand({ path, encryption }: Backup): string {
  const file = quoteForShell(path);
  if (encryption === undefined) return `tar --zstd -xf ${file}`;
  const key = encryption === 'keys' ? '-i KEY-FILE ' : '';
  return `age -d ${key}${file} | tar --zstd -x`;
}

function proofLines(backup: Backup, cells: number): readonly Line[] {
  if (backup.proof.kind === 'damaged') return labelled('', backup.proof.problem, cells, 'error');
  if (backup.integrityProblem !== undefined)
    return labelled('', backup.integrityProblem, cells, 'error');
  if (backup.proof.kind === 'verified')
    return labelled('', words.verifiedAt(wordMomentFully(backup.proof.atMs)), cells, 'muted');
  return [];
}

function drillLines(backup: Backup, nowMs: number, cells: number): readonly Line[] {
  const text = drillWords(backup, nowMs);
  if (text === undefined) return [];
  return labelled(words.drill, text, cells, backup.drillFailed === undefined ? 'ok' : 'error');
}

function gapLines(backup: Backup, cells: number): readonly Line[] {
  if (backup.gaps.length === 0) return [];
  return [
    ...heading(words.gaps),
    ...backup.gaps.flatMap(({ source, path, reason }) =>
      bullet('!', `${path === '' ? source : `${source}/${path}`}: ${reason}`, cells, 'warning'),
    ),
  ];
}

/** A command line to copy: no space of it is lost in wrapping, a click copies it. */
function copyRows(text: string, cells: number): readonly Line[] {
  const action = { command: 'copy', args: { text } };
  return cutRows(text, cells - 2).map((row): Line => [span('  '), span(row, 'accent', action)]);
}
