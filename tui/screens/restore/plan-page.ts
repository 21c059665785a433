import { basename } from 'node:path';
import type { RestorePlan, SourceChange } from '../../../protocol/domain/restore.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordAgo, wordMoment } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { bullet, heading, labelled, paragraph } from '../page-lines.ts';

const words = texts.restore.plan;

/** The plan as a page to read: what is replaced, what is lost, who is cut off, how long. */
export function planPage(plan: RestorePlan, model: Model, width: number): readonly Line[] {
  const cells = width - 2;
  const { backup } = plan;
  const rows = [
    ...obstacleLines(plan, cells),
    ...paragraph(
      words.summary(
        plan.application,
        wordMoment(backup.capturedAtMs),
        wordAgo(backup.capturedAtMs, model.nowMs),
      ),
      cells,
      'strong',
    ),
    emptyLine,
    ...labelled(words.backup, basename(backup.path), cells),
    ...labelled(words.downtime, words.about(formatDuration(plan.downtimeSeconds)), cells),
    ...labelled(words.lost, lostWords(plan), cells, lost(plan) ? 'warning' : 'ok'),
    ...versionLines(plan, cells),
    ...heading(words.changes),
    ...plan.changes.flatMap((change) => changeLines(change, cells)),
    ...warningLines(plan, cells),
    ...heading(words.services),
    ...serviceLines(plan, cells),
    ...heading(words.space),
    ...plan.space.flatMap(({ path, neededBytes, freeBytes }) =>
      bullet(
        '-',
        words.spaceIn(path, formatBytes(neededBytes), formatBytes(freeBytes)),
        cells,
        freeBytes < neededBytes ? 'error' : 'plain',
      ),
    ),
    ...heading(words.steps),
    ...plan.steps.flatMap((step, index) => bullet(`${index + 1}.`, step, cells)),
    ...(plan.contact === undefined
      ? []
      : [emptyLine, ...labelled(words.contact, plan.contact, cells)]),
    emptyLine,
    ...paragraph(words.undoLater, cells, 'muted'),
  ];
  return rows.map((one): Line => [span(' '), ...one]);
}

function obstacleLines(plan: RestorePlan, cells: number): readonly Line[] {
  if (plan.obstacles.length === 0) return [];
  return [
    line(words.obstacles, 'error'),
    ...plan.obstacles.flatMap((text) => bullet('!', text, cells, 'error')),
    emptyLine,
  ];
}

function warningLines(plan: RestorePlan, cells: number): readonly Line[] {
  if (plan.warnings.length === 0) return [];
  return [
    ...heading(words.warnings),
    ...plan.warnings.flatMap((text) => bullet('!', text, cells, 'warning')),
  ];
}

function versionLines(plan: RestorePlan, cells: number): readonly Line[] {
  const { applicationVersionThen: then, applicationVersionNow: now } = plan;
  if (then === undefined && now === undefined) return [];
  const differs = then !== now;
  return labelled(
    words.version,
    words.versions(then ?? words.unknown, now ?? words.unknown),
    cells,
    differs ? 'warning' : 'plain',
  );
}

function rowsLost(plan: RestorePlan): number {
  return plan.changes
    .flatMap(({ tables }) => tables ?? [])
    .reduce((sum, { backupRows, liveRows }) => sum + Math.max(0, liveRows - backupRows), 0);
}

function filesLost(plan: RestorePlan): number {
  return plan.changes.reduce((sum, { files }) => sum + (files === undefined ? 0 : files.newer), 0);
}

function lost(plan: RestorePlan): boolean {
  return rowsLost(plan) + filesLost(plan) > 0 || plan.spanSeconds > 0;
}

function lostWords(plan: RestorePlan): string {
  if (!lost(plan)) return words.nothingLost;
  return words.lostWork(formatDuration(plan.spanSeconds), rowsLost(plan), filesLost(plan));
}

function changeLines(change: SourceChange, cells: number): readonly Line[] {
  return [
    [
      span(`${change.source} `, 'strong'),
      span(`(${change.engine}, ${formatBytes(change.bytes)})`, 'muted'),
    ],
    ...bullet(' ', words.replaces(change.live), cells),
    ...(change.tables ?? []).flatMap(({ table, backupRows, liveRows }) =>
      bullet(
        ' ',
        words.table(table, liveRows, backupRows),
        cells,
        liveRows > backupRows ? 'warning' : 'plain',
      ),
    ),
    ...fileLines(change, cells),
  ];
}

function fileLines({ files }: SourceChange, cells: number): readonly Line[] {
  if (files === undefined) return [];
  const { newer, changed, deleted, bytesNewer, examples } = files;
  return [
    ...bullet(
      ' ',
      words.files(newer, changed, deleted, formatBytes(bytesNewer)),
      cells,
      newer > 0 ? 'warning' : 'plain',
    ),
    ...examples.flatMap((path) => bullet('   ', path, cells, 'muted')),
  ];
}

function serviceLines(plan: RestorePlan, cells: number): readonly Line[] {
  const stopped = plan.services.filter(({ willStop }) => willStop).map(({ id }) => id);
  const stays = plan.services.filter(({ willStop }) => !willStop).map(({ id }) => id);
  return [
    ...bullet('-', stopped.length === 0 ? words.noneStops : words.stops(stopped.join(', ')), cells),
    ...(stays.length === 0 ? [] : bullet('-', words.stays(stays.join(', ')), cells)),
    ...plan.clients.flatMap(({ source, pid, program }) =>
      bullet('-', words.client(program, pid, source), cells, 'warning'),
    ),
    ...(plan.clients.length === 0 ? bullet('-', words.noClients, cells) : []),
  ];
}
