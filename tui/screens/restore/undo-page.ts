import type { UndoPreview } from '../../../protocol/domain/undo-preview.ts';
import { effectLines, roomLines, writtenLines } from '../../commands/report/undo-lines.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formats } from '../../texts/formats.ts';
import { wordAgo, wordMomentFully } from '../../texts/moment.ts';
import { texts, undoTexts as words } from '../../texts/texts.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { findJob } from '../jobs/find-job.ts';
import { jobProgressLines } from '../jobs/job-progress.ts';
import { heading, labelled, paragraph } from '../page-lines.ts';

/** An undo looked at before it is run: what comes back, what goes, what was written since. */
export function undoSections(model: Model, id: number): readonly Section[] {
  const job = findJob(model, id);
  const back: Button = {
    id: 'undo.back',
    label: texts.restore.back,
    action: { command: 'back' },
  };
  if (job?.state.kind !== 'done' || job.state.result.kind !== 'undo-preview') {
    return [
      { kind: 'lines', lines: [emptyLine, ...jobProgressLines(job, model, words.looking)] },
      { kind: 'buttons', buttons: [back] },
    ];
  }
  const { preview } = job.state.result;
  const run: Button = {
    id: 'undo.go',
    label: words.go,
    action: { command: 'undo.run', args: { undo: preview.undo.id } },
  };
  return [
    {
      kind: 'page',
      id: 'undo.page',
      min: 5,
      lines: (width) => undoPage(preview, model, width),
    },
    { kind: 'lines', lines: [emptyLine], drop: 3 },
    { kind: 'buttons', buttons: [back, run] },
  ];
}

export function undoPage(preview: UndoPreview, model: Model, width: number): readonly Line[] {
  const { undo, services } = preview;
  const cells = width - 2;
  const made = `${wordMomentFully(undo.createdAtMs)} (${wordAgo(undo.createdAtMs, model.nowMs)})`;
  const expires = undo.pinned === true ? words.never : wordMomentFully(undo.expiresAtMs);
  const stopped = services.filter(({ willStop }) => willStop).map(({ id }) => id);
  const rows: readonly Line[] = [
    ...paragraph(words.head(undo.title), cells, 'strong'),
    emptyLine,
    ...labelled(words.made, made, cells),
    ...labelled(words.expires, expires, cells),
    ...labelled(words.size, formatBytes(undo.bytes), cells),
    ...heading(words.changes),
    ...preview.changes.flatMap(effectLines).flatMap((text) => indented(text, cells)),
    emptyLine,
    ...writtenLines(preview).flatMap((text) => indented(text, cells)),
    emptyLine,
    ...roomLines(preview).flatMap((text) => indented(text, cells)),
    ...(stopped.length === 0
      ? []
      : paragraph(words.services(stopped.join(formats().comma)), cells)),
    ...paragraph(words.undoUndo, cells, 'muted'),
  ];
  return rows.map((one): Line => [span(' '), ...one]);
}

/** Wrapped behind the blanks it begins with. */
function indented(text: string, cells: number): readonly Line[] {
  const blanks = text.length - text.trimStart().length;
  const tone = text.trimStart().startsWith('!') ? 'warning' : 'plain';
  return paragraph(text.trimStart(), Math.max(10, cells - blanks), tone).map(
    (one): Line => [span(' '.repeat(blanks)), ...one],
  );
}
