import { basename } from 'node:path';
import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import type { RestoreResult } from '../../../protocol/domain/restore.ts';
import { recoveryOf } from '../../store/lost-recoveries.ts';
import { wordMomentFully } from '../../texts/moment.ts';
import { recoveryTexts, texts } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { findJob } from '../jobs/find-job.ts';
import { jobProgressLines } from '../jobs/job-progress.ts';
import { jobLogList } from '../jobs/live-log.ts';
import { bullet, heading, noteLines, paragraph } from '../page-lines.ts';
import { guide } from './guide.ts';

const words = texts.restore;

/** A restore or an undo at work, and what came of it, with the way back. */
export function resultSections(model: Model, id: number): readonly Section[] {
  const job = findJob(model, id);
  const back: Button = { id: 'result.back', label: words.back, action: { command: 'back' } };
  if (job?.state.kind !== 'done' || job.state.result.kind !== 'restore') {
    const over = job !== undefined && isFinished(job);
    return [
      guide(over ? 5 : 4, model.editorColumns),
      { kind: 'lines', lines: jobProgressLines(job, model, over ? job.title : words.running) },
      {
        kind: 'lines',
        lines: over ? [] : [emptyLine, ...noteLines(words.safe, model.editorColumns)],
        drop: 2,
      },
      { kind: 'buttons', buttons: [back, ...giveUpButton(job)] },
      { kind: 'lines', lines: [emptyLine], drop: 1 },
      jobLogList(model, id, 'job.log'),
    ];
  }
  const result = job.state.result.restore;
  const undo = model.state.snapshot?.undos.find((one) => one.id === result.undo);
  const undoButton: Button = {
    id: 'result.undo',
    label: words.undoThis,
    action: { command: 'undo.run', args: { undo: result.undo ?? '' } },
  };
  const buttons = undo?.state === 'ready' ? [back, undoButton] : [back];
  return [
    guide(5, model.editorColumns),
    { kind: 'lines', lines: resultLines(result, model) },
    { kind: 'lines', lines: [emptyLine] },
    { kind: 'buttons', buttons },
  ];
}

function giveUpButton(job: Job | undefined): readonly Button[] {
  const recovery = job === undefined ? undefined : recoveryOf(job);
  if (recovery === undefined) return [];
  const action = { command: 'recovery.give-up', args: { recovery } };
  return [{ id: 'result.give-up', label: recoveryTexts.giveUpButton, action }];
}

function resultLines(result: RestoreResult, model: Model): readonly Line[] {
  const cells = model.editorColumns - 4;
  const bad = ['rolled back', 'degraded', 'given up'].includes(result.outcome);
  const rows = [
    line(words.outcomes[result.outcome], bad ? 'error' : 'ok'),
    ...(result.folder === undefined ? [] : [line(words.liesIn(result.folder))]),
    ...(result.outcome === 'unpacked'
      ? []
      : [line(words.downtimeWas(formatDuration(result.downtimeMs / 1000)))]),
    ...keptLines(result, cells),
    ...(result.notes.length === 0 ? [] : heading(words.notes)),
    ...result.notes.flatMap((note) => bullet(model.glyphs.dot, note, cells, 'warning')),
    ...leftBehindLines(result, cells, model.glyphs.dot),
    ...(result.undo === undefined
      ? []
      : [emptyLine, ...paragraph(words.undoOffer, cells, 'muted')]),
  ];
  return [emptyLine, ...rows.map((one): Line => [span('  '), ...one])];
}

/** Statements stand alone in their lines, to be copied. */
function leftBehindLines({ left = [] }: RestoreResult, cells: number, dot: string) {
  if (left.length === 0) return [];
  return [
    ...heading(recoveryTexts.left),
    ...left.flatMap(({ of, what, sql }) => [
      ...bullet(dot, `${of}: ${what}`, cells, 'warning'),
      ...sql.flatMap((statement) => paragraph(statement, cells)),
    ]),
  ];
}

/** What makes the way back, and how long it is there. */
function keptLines({ undo, undoExpiresAtMs, safety }: RestoreResult, cells: number) {
  const until = undoExpiresAtMs === undefined ? undefined : wordMomentFully(undoExpiresAtMs);
  return [
    ...(undo === undefined || until === undefined
      ? []
      : paragraph(words.undoUntil(undo.slice(0, 8), until), cells)),
    ...(safety === undefined
      ? []
      : paragraph(
          (undo === undefined ? words.onlySafety : words.safetyBackup)(
            safety.id.slice(0, 8),
            basename(safety.path),
          ),
          cells,
        )),
  ];
}
