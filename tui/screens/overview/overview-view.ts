import { isGood } from '../../../protocol/domain/backup.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { roleOf } from '../../store/role-of.ts';
import type { BackupPages } from '../../store/state.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formats } from '../../texts/formats.ts';
import { wordAgo, wordAhead, wordNear } from '../../texts/moment.ts';
import { serverTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, line, lineWidth, type Span, span } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import { backupName } from '../back-up/backup-words.ts';
import type { Model } from '../bench.ts';
import { bullet, heading, labelled, paragraph } from '../page-lines.ts';
import { cutOffRestore } from '../restore/cut-off-restore.ts';
import { serviceList } from '../services/service-list.ts';
import { growthLines } from './growth-plot.ts';
import { problemLines } from './problem-row.ts';
import { reportSections } from './report-page.ts';
import { checkpointLines, provenLines } from './return-lines.ts';
import { stripLines } from './run-strip.ts';
import { illBeside } from './shut-outs.ts';
import { suggestionLines } from './suggestion.ts';
import { troublesOf, unseenTroubles } from './troubles.ts';

const words = texts.overview;

/** Is all well, when was the last good backup, when is the next, what needs a look. */
export function overviewSections(model: Model): readonly Section[] {
  const { snapshot } = model.state;
  if (snapshot === undefined)
    return [{ kind: 'lines', lines: [line(texts.workbench.loading, 'muted')] }];
  const width = model.editorColumns;
  if (snapshot.application === undefined) return welcome(model, width);
  const page = model.ui.pages.overview;
  if (page?.kind === 'report') return reportSections(model, page);
  return [
    { kind: 'lines', lines: recoveredLines(snapshot, model, width) },
    { kind: 'lines', lines: demoLines(snapshot, width), drop: 4 },
    ...stateSections(snapshot, model, width - 2),
    { kind: 'lines', lines: indented(stripLines(model)), drop: 11 },
    { kind: 'lines', lines: indented(growthLines(model, width - 2)), drop: 12 },
    { kind: 'lines', lines: [emptyLine], drop: 9 },
    {
      ...serviceList(model, 'overview.services'),
      title: line(words.services, 'heading'),
      min: 2 + Math.min(6, snapshot.services.length),
    },
    {
      kind: 'page',
      id: 'overview.problems',
      min: Math.min(3, 2 + snapshot.problems.length),
      lines: (cells) => problemPage(snapshot, model, cells),
    },
  ];
}

function welcome({ state }: Model, width: number): readonly Section[] {
  const lines = words.welcome.flatMap((text) => paragraph(text, width - 4));
  const rows = [emptyLine, ...lines.map((one): Line => [span('  '), ...one]), emptyLine];
  const { init, demo } = serverTexts.away.buttons;
  const buttons: readonly Button[] = [
    { id: 'welcome.init', label: init, action: { command: 'kedge.init' } },
    { id: 'welcome.demo', label: demo, action: { command: 'kedge.demo' } },
  ];
  // On a server a shell there has to be opened first.
  const offered: readonly Section[] =
    state.server === undefined ? [{ kind: 'buttons', buttons }] : [];
  return [{ kind: 'lines', lines: rows }, ...offered];
}

function recoveredLines(snapshot: Snapshot, model: Model, width: number): readonly Line[] {
  if (snapshot.recovered.length === 0) return [];
  return [
    line(` ${words.recovered}`, 'warning'),
    ...snapshot.recovered.flatMap((note) => bullet(`  ${model.glyphs.dot}`, note, width - 2)),
    emptyLine,
  ];
}

function demoLines({ demo }: Snapshot, width: number): readonly Line[] {
  if (demo === undefined) return [];
  const protect = { command: 'protect' };
  const key: Span = { ...span('i', 'key', protect), joins: true };
  const own: Line = [span(` ${words.demo} `, 'accent', protect), key];
  const copy = { command: 'copy', args: { text: demo.url } };
  const address: Line = [
    span(`${words.demoAt} `, 'muted', copy),
    { ...span(demo.url, 'plain', copy), joins: true },
  ];
  const gap = span('   ');
  const together = [...own, gap, ...address];
  return lineWidth(together) <= width ? [together] : [own, [span(' '), ...address]];
}

function indented(lines: readonly Line[]): readonly Line[] {
  return lines.map((one): Line => [span(' '), ...one]);
}

/** One section a line, so that a low window drops the least important first. */
function stateSections(snapshot: Snapshot, model: Model, cells: number): readonly Section[] {
  const part = (lines: readonly Line[], drop?: number): Section => {
    const moved = indented(lines);
    return drop === undefined
      ? { kind: 'lines', lines: moved }
      : { kind: 'lines', lines: moved, drop };
  };
  return [
    part(verdict(snapshot, model, cells)),
    part(suggestionLines(snapshot, model, cells)),
    part(lastGood(model, cells)),
    part(provenLines(snapshot, model.nowMs, cells), 6),
    part(checkpointLines(model, cells)),
    part(nextRun(snapshot, model, cells), 5),
    part(labelled(words.stores, storeWords(snapshot), cells, storesTone(snapshot)), 7),
    part(labelled(words.sources, sourceWords(snapshot), cells), 8),
  ];
}

function verdict(snapshot: Snapshot, model: Model, cells: number): readonly Line[] {
  const { outs, ill, errors } = illBeside(snapshot);
  const first = [
    ...(cutOffRestore(snapshot) === undefined ? [] : [words.cutOff]),
    ...outs.map(({ text }) => text),
  ];
  // First what the rest may come of.
  const before = first.map((text) => `${text}${formats().comma}`).join('');
  const unseen = unseenTroubles(snapshot);
  if (ill.length > 0) {
    const { health: healthWords, serviceIs } = texts.states;
    const names = ill
      .map(({ id, health }) => serviceIs(id, healthWords[health], ''))
      .join(formats().comma);
    return labelled(words.health, words.ill(`${before}${names}`), cells, 'error');
  }
  if (errors > 0)
    return labelled(words.health, `${before}${words.problems(errors)}`, cells, 'error');
  const [why] = first;
  if (why !== undefined) return labelled(words.health, words.ill(why), cells, 'warning');
  if (unseen.length > 0) {
    return labelled(words.health, words.warnings(unseen.length), cells, 'warning');
  }
  const seen = troublesOf(snapshot).length;
  if (seen > 0) return labelled(words.health, words.acknowledged(seen), cells, 'warning');
  if (!model.state.backups.newest.some(isGood)) {
    return labelled(words.health, words.wellNoBackup, cells, 'warning');
  }
  return labelled(words.health, words.well, cells, 'ok');
}

function lastGood(model: Model, cells: number): readonly Line[] {
  const { backups } = model.state;
  const good = backups.newest.find(isGood);
  if (good === undefined) {
    return labelled(words.lastGood, noGoodWords(backups), cells, 'warning');
  }
  const text = `${wordAgo(good.capturedAtMs, model.nowMs)}${formats().comma}${texts.schedules.kindsLong[good.kind]}${formats().comma}${formatBytes(good.sizeBytes)}: ${backupName(good)}`;
  return labelled(words.lastGood, text, cells);
}

/** None is said only of a list that was read. */
function noGoodWords({ loading, newest, failure }: BackupPages): string {
  if (loading && newest.length === 0) return texts.workbench.loading;
  return failure === undefined ? words.noGood : wordFailure(failure).message;
}

function nextRun(snapshot: Snapshot, model: Model, cells: number): readonly Line[] {
  const runs = snapshot.schedules
    .flatMap(({ id, nextMs }) => (nextMs === undefined ? [] : [{ id, nextMs }]))
    .sort((a, b) => a.nextMs - b.nextMs);
  const [next] = runs;
  if (next === undefined) {
    const none = roleOf(model.state) === 'admin' ? words.noNext : words.noNextOther;
    return labelled(words.next, none, cells, 'warning');
  }
  const text = `${wordNear(next.nextMs, model.nowMs)} (${wordAhead(next.nextMs, model.nowMs)})${formats().comma}${next.id}`;
  return labelled(words.next, text, cells);
}

function storeWords(snapshot: Snapshot): string {
  return snapshot.stores
    .map(({ id, state, freeBytes }) =>
      freeBytes === undefined
        ? `${id} ${texts.states.stores[state]}`
        : words.store(id, texts.states.stores[state], formatBytes(freeBytes)),
    )
    .join(formats().comma);
}

function storesTone(snapshot: Snapshot): 'plain' | 'error' {
  return snapshot.stores.every(({ state }) => state === 'online') ? 'plain' : 'error';
}

function sourceWords(snapshot: Snapshot): string {
  return snapshot.sources.map(({ id, engine }) => `${id} (${engine})`).join(formats().comma);
}

function problemPage(snapshot: Snapshot, model: Model, cells: number): readonly Line[] {
  const lines =
    troublesOf(snapshot).length === 0
      ? [line(` ${words.noProblems}`, 'ok')]
      : troublesOf(snapshot)
          .flatMap((problem) => problemLines(problem, model, cells - 1))
          .map((one): Line => [span(' '), ...one]);
  return [...heading(words.problemsTitle), ...lines];
}
