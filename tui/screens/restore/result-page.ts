import { basename } from 'node:path';
import type { RestoreResult } from '../../../protocol/domain/restore.ts';
import { wordMomentFully } from '../../texts/moment.ts';
import { recoveryTexts, texts } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { bullet, heading, paragraph } from '../page-lines.ts';

const words = texts.restore;

/** What came of a restore or an undo: of which, what to know, what makes the way back. */
export function resultPage(
  title: string,
  result: RestoreResult,
  model: Model,
  width: number,
): readonly Line[] {
  const cells = width - 3;
  const bad = ['rolled back', 'degraded', 'given up'].includes(result.outcome);
  const rows = [
    ...paragraph(outcomeWords(result), cells, bad ? 'error' : 'ok'),
    ...paragraph(title, cells, 'muted'),
    ...(result.folder === undefined ? [] : paragraph(words.liesIn(result.folder), cells)),
    ...(result.outcome === 'unpacked'
      ? []
      : paragraph(words.downtimeWas(formatDuration(result.downtimeMs / 1000)), cells)),
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

/** What was unpacked into no folder came beside what is live. */
function outcomeWords({ outcome, folder }: RestoreResult): string {
  return outcome === 'unpacked' && folder === undefined
    ? words.loadedBeside
    : words.outcomes[outcome];
}

/** All statements for servers that were given up, one a line. */
export function statementsIn({ left = [] }: RestoreResult): string {
  return left.flatMap(({ sql }) => sql).join('\n');
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
