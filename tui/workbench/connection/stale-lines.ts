import type { Model } from '../../screens/bench.ts';
import { paragraph } from '../../screens/page-lines.ts';
import { serverTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import { connectionWords } from '../title-bar.ts';

/** Above what was read before the connection was lost: that it is old, and of a server also why. */
export function staleLines(model: Model, cells: number): readonly Line[] {
  const { connection, server } = model.state;
  const lost = [span(` ${connectionWords(model)}`, 'warning')];
  const old = line(` ${texts.workbench.lostCause}`, 'muted');
  if (server === undefined || connection.kind !== 'lost') return [lost, old, emptyLine];
  const { message } = wordFailure(connection.problem);
  const rows = [...paragraph(message, cells), ...paragraph(serverTexts.retryHint, cells, 'muted')];
  return [lost, ...rows.map((one): Line => [span(' '), ...one]), old, emptyLine];
}
