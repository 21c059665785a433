import type { SourceChange, Undo } from '../../../protocol/domain/restore.ts';
import { type UndoPreview, writtenCounts } from '../../../protocol/domain/undo-preview.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { reportTexts, undoTexts as texts, texts as words } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { table } from '../table.ts';

type Files = NonNullable<SourceChange['files']>;

export function undoTable(undos: readonly Undo[]): readonly string[] {
  if (undos.length === 0) return [reportTexts.none.undos];
  return table(
    [
      { title: 'UNDO' },
      { title: 'STATE' },
      { title: 'MADE' },
      { title: 'EXPIRES' },
      { title: 'SIZE', align: 'right' },
      { title: 'TITLE' },
    ],
    undos.map((undo) => [
      undo.id,
      undo.state,
      formatMoment(undo.createdAtMs),
      undo.pinned === true ? texts.pinnedShort : formatMoment(undo.expiresAtMs),
      formatBytes(undo.bytes),
      undo.title,
    ]),
  );
}

/** What the undo would do, and what of the application's work since would go with it. */
export function undoPreviewLines(preview: UndoPreview): readonly string[] {
  const { undo } = preview;
  const stopped = preview.services.filter(({ willStop }) => willStop).map(({ id }) => id);
  return [
    `${texts.head(undo.title)} (${formatMoment(undo.createdAtMs)}, ${formatBytes(undo.bytes)})`,
    '',
    texts.changes,
    ...preview.changes.flatMap(effectLines).map((text) => `  ${text}`),
    '',
    ...writtenLines(preview),
    '',
    ...roomLines(preview),
    ...(stopped.length === 0 ? [] : [texts.services(stopped.join(', '))]),
    texts.undoUndo,
    `${texts.run}  kedge undo run ${undo.id.slice(0, 8)}`,
  ];
}

/** One line for each thing that is not as the undo has it. */
export function effectLines(change: SourceChange): readonly string[] {
  const { source, live, tables = [], files, problem } = change;
  const lines = tables.flatMap(({ table, inserted = 0, changed = 0, deleted = 0 }) =>
    inserted + changed + deleted === 0 ? [] : [texts.table(table, deleted, inserted, changed)],
  );
  if (files !== undefined && files.newer + files.changed + files.deleted > 0) {
    lines.push(texts.files(files.deleted, files.newer, files.changed), ...exampleLines(files));
  }
  if (problem !== undefined) lines.push(texts.problem(problem));
  if (lines.length === 0) lines.push(texts.same);
  return [`${source} (${live})`, ...lines.map((text) => `  ${text}`)];
}

/** Some of the files, and how many more there are. */
function exampleLines({ newer, changed, deleted, examples }: Files): readonly string[] {
  const more = newer + changed + deleted - examples.length;
  const last = examples.length > 0 && more > 0 ? [words.lists.andMore(more)] : [];
  return [...examples, ...last].map((text) => `  ${text}`);
}

/** What was written since the restore, and how to keep that. */
export function writtenLines({ written, keepInstead }: UndoPreview): readonly string[] {
  const keep = keepInstead === undefined ? [texts.noKeep] : [texts.keep, `  ${keepInstead}`];
  if (written.kind === 'unknown') return [texts.unknownWritten(written.why), ...keep];
  const { rows, files } = writtenCounts(written.changes);
  const problems = written.changes.flatMap(({ source, problem }) =>
    problem === undefined ? [] : [`  ${texts.problem(`${source}: ${problem}`)}`],
  );
  if (rows + files + problems.length === 0) return [texts.nothingWritten];
  const lines = written.changes.flatMap(sinceLines).map((text) => `  ${text}`);
  return [texts.written, ...lines, ...problems, ...keep];
}

/** Where the undo would be refused, and what does the same with less. */
export function roomLines({ space = [], undo }: UndoPreview): readonly string[] {
  const short = space.filter(({ neededBytes, freeBytes }) => freeBytes < neededBytes);
  if (short.length === 0) return [];
  const lines = short.map(({ path, neededBytes, freeBytes }) =>
    texts.noRoom(path, formatBytes(neededBytes), formatBytes(freeBytes)),
  );
  if (undo.safety === undefined) return lines;
  const safety = undo.safety.slice(0, 8);
  return [
    ...lines,
    texts.elsewhere,
    `  kedge backup pin ${safety}`,
    `  kedge undo remove ${undo.id.slice(0, 8)}`,
    `  kedge restore run ${safety} --staging FOLDER`,
  ];
}

function sinceLines({ source, tables = [], files }: SourceChange): readonly string[] {
  const rows = tables.flatMap(({ table, inserted = 0, changed = 0, deleted = 0 }) =>
    inserted + changed + deleted === 0
      ? []
      : [`${source}: ${texts.writtenTable(table, inserted, changed, deleted)}`],
  );
  if (files === undefined || files.newer + files.changed + files.deleted === 0) return rows;
  const { newer, changed, deleted } = files;
  return [
    ...rows,
    `${source}: ${texts.writtenFiles(newer, changed, deleted)}`,
    ...exampleLines(files),
  ];
}
