import type { AuditEntry, AuditOutcome } from '../../../protocol/domain/audit.ts';
import { paramWords, whoAsked, wordOutcome } from '../../commands/report/audit-lines.ts';
import { wordMoment, wordNear } from '../../texts/moment.ts';
import { peopleTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Tone } from '../../theme/theme.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { labelled, paragraph } from '../page-lines.ts';

const words = peopleTexts.audit;
export const auditListId = 'settings.audit-list';

/** Who changed what, the newest first; below it all that is known of the selected call. */
export function auditPage(model: Model): readonly Section[] {
  const read = model.ui.data.audit;
  const title = line(` ${words.page.title}`, 'heading');
  if (read === undefined || read.kind === 'loading')
    return [{ kind: 'lines', lines: [title, line(` ${texts.workbench.loading}`, 'muted')] }];
  if (read.kind === 'failed') {
    const said = paragraph(wordFailure(read.failure).message, model.editorColumns - 2, 'error');
    return [{ kind: 'lines', lines: [title, ...said.map(indented)] }];
  }
  const built = auditRows(model);
  const { selected = 0 } = model.ui.places[auditListId] ?? {};
  const shown = built.shown[selected] ?? built.shown[0];
  return [
    { kind: 'lines', lines: [title] },
    built,
    { kind: 'lines', lines: about(model, shown, read.value.more) },
  ];
}

export function auditRows(model: Model): BuiltList<AuditEntry> {
  const read = model.ui.data.audit;
  const { when, who, role, what, result } = words.columns;
  return buildList(model, {
    id: auditListId,
    min: 4,
    rows: read?.kind === 'ready' ? read.value.entries : [],
    keyOf: ({ id }) => String(id),
    columns: [
      {
        id: 'when',
        title: when,
        width: 10,
        cell: ({ atMs }) => wordNear(atMs, model.nowMs).slice(0, 10),
        sortBy: ({ atMs }) => atMs,
        words: ({ atMs }) => wordMoment(atMs),
      },
      { id: 'who', title: who, width: 16, cell: whoAsked },
      {
        id: 'role',
        title: role,
        width: 8,
        drop: 2,
        cell: (entry) => (entry.role === undefined ? '' : peopleTexts.roles[entry.role]),
      },
      {
        id: 'result',
        title: result,
        width: 12,
        cell: ({ outcome }) => span(wordOutcome(outcome), toneOf(outcome)),
      },
      {
        id: 'what',
        title: what,
        width: 'rest',
        min: 20,
        cell: ({ method, params }) => [method, ...paramWords(params)].join(' '),
      },
    ],
    empty: words.page.empty,
  });
}

function toneOf(outcome: AuditOutcome): Tone {
  if (outcome.kind === 'failed') return outcome.code === 'forbidden' ? 'error' : 'warning';
  return outcome.kind === 'done' ? 'ok' : 'muted';
}

/** As many lines whatever is selected, so that the list stands still. */
const [linesLow, linesHigh] = [5, 9];
const highRows = 32;

function about(model: Model, entry: AuditEntry | undefined, more: boolean): readonly Line[] {
  const cells = model.editorColumns - 2;
  const { page } = words;
  const lines = [
    emptyLine,
    ...(entry === undefined ? [] : entryLines(entry, cells)),
    ...(more ? paragraph(page.olderHere, cells, 'muted') : []),
    ...paragraph(page.claimed, cells, 'muted'),
  ];
  const height = model.rows < highRows ? linesLow : linesHigh;
  return Array.from({ length: height }, (_, at) => indented(lines[at] ?? emptyLine));
}

function entryLines(entry: AuditEntry, cells: number): readonly Line[] {
  const { page } = words;
  const { outcome, client } = entry;
  const revision = outcome.kind === 'done' ? outcome.revision : undefined;
  return [
    ...paragraph(
      `${wordMoment(entry.atMs)}  ${whoAsked(entry)}  ${entry.method}  ${wordOutcome(outcome)}`,
      cells,
      'strong',
    ),
    ...labelled(page.through, entry.socket, cells),
    ...paramWords(entry.params).flatMap((said, at) =>
      labelled(at === 0 ? page.with : '', said, cells),
    ),
    ...(revision === undefined ? [] : labelled(page.revision, revision.slice(0, 12), cells)),
    ...(client === undefined ? [] : labelled(page.program, client, cells)),
  ];
}

function indented(one: Line): Line {
  return [span(' '), ...one];
}
