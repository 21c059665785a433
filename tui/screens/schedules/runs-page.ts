import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { Run, Schedule, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { blackoutWords } from '../../commands/schedule/blackout-text.ts';
import { keepWords } from '../../commands/schedule/keep-text.ts';
import { formats } from '../../texts/formats.ts';
import { wordAgo, wordAhead, wordMomentFully, wordNear } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { wordSchedule } from '../../texts/word-schedule.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { ListSection, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { labelled } from '../page-lines.ts';
import { entryList } from './entry-rows.ts';
import { toneOfOutcome } from './run-marks.ts';

const words = texts.schedules;

/** What a schedule does, and what came of its runs. */
export function runsPage(model: Model, id: string): readonly Section[] {
  const schedule = model.state.snapshot?.schedules.find((one) => one.id === id);
  if (schedule === undefined)
    return [{ kind: 'lines', lines: [line(` ${words.gone(id)}`, 'warning')] }];
  const cells = model.editorColumns - 2;
  const part = (lines: readonly Line[], drop?: number): Section => ({
    kind: 'lines',
    lines: lines.map((one): Line => [span(' '), ...one]),
    ...(drop === undefined ? {} : { drop }),
  });
  return [
    part([line(words.change(id), 'heading')]),
    part(labelled(words.detail.when, wordSchedule(schedule.settings, schedule.words), cells)),
    part(nextLines(schedule, model, cells)),
    part(lastLines(schedule, model, cells), 2),
    part(labelled(words.detail.destination, placeWords(schedule.settings), cells), 4),
    part(labelled(words.detail.keeps, keepsWords(schedule.settings), cells), 3),
    part(labelled(words.detail.missed, missedWords(schedule.settings), cells), 5),
    part(blackoutLines(schedule.settings, cells), 6),
    part([emptyLine], 7),
    runList(model, id),
  ];
}

function nextLines(schedule: Schedule, model: Model, cells: number): readonly Line[] {
  const { nextMs, nextKind, skipsNext, settings } = schedule;
  if (settings.paused === true || nextMs === undefined) {
    return labelled(words.detail.next, words.detail.pausedUntil, cells, 'warning');
  }
  const kind = nextKind === undefined ? '' : `${formats().comma}${words.kindsLong[nextKind]}`;
  const next = `${wordNear(nextMs, model.nowMs)} (${wordAhead(nextMs, model.nowMs)})${kind}`;
  return skipsNext === true
    ? labelled(words.detail.next, words.detail.skipped(next), cells, 'warning')
    : labelled(words.detail.next, next, cells);
}

/** A run as a row; what there is to say of it stands in its note. */
function entryOfRun(run: Run, schedule: string, model: Model): CalendarEntry {
  const { atMs, kind, outcome, job } = run;
  const note = noteOf(run, model).join(formats().comma);
  return {
    ...{ atMs, what: 'run', schedule, outcome },
    ...(kind === undefined ? {} : { kind }),
    ...(job === undefined ? {} : { job }),
    ...(note === '' ? {} : { note }),
  };
}

function noteOf({ tries = 1, retryMs, note }: Run, model: Model): readonly string[] {
  return [
    ...(tries > 1 ? [words.detail.tries(tries)] : []),
    ...(retryMs === undefined ? [] : [words.detail.retry(wordNear(retryMs, model.nowMs))]),
    ...(note === undefined ? [] : [note]),
  ];
}

function lastLines(
  { lastRun, lastGoodMs }: Schedule,
  model: Model,
  cells: number,
): readonly Line[] {
  if (lastRun === undefined) return labelled(words.detail.last, words.never, cells);
  const { outcome, atMs } = lastRun;
  const ended = `${words.calendar.outcomes[outcome]} ${wordAgo(atMs, model.nowMs)}`;
  const text = [ended, ...noteOf(lastRun, model)].join(formats().comma);
  const good =
    lastGoodMs === undefined || lastGoodMs === atMs
      ? []
      : labelled(words.detail.good, wordMomentFully(lastGoodMs), cells);
  const tone = outcome === 'complete' ? 'plain' : toneOfOutcome(outcome);
  return [...labelled(words.detail.last, text, cells, tone), ...good];
}

function placeWords({ store, differential, copyTo }: ScheduleSettings): string {
  return [
    store,
    ...(differential?.store === undefined ? [] : [words.detail.differentials(differential.store)]),
    ...(copyTo === undefined ? [] : [words.detail.copy(copyTo)]),
  ].join('');
}

function keepsWords({ deleteOlderThan, keep }: ScheduleSettings): string {
  const least = keep === undefined ? undefined : keepWords(keep);
  if (deleteOlderThan === undefined) {
    return least === undefined ? words.detail.everything : words.detail.only(least);
  }
  const young = words.detail.olderThan(deleteOlderThan);
  return least === undefined ? young : `${young}${formats().comma}${words.detail.least(least)}`;
}

function missedWords({ ifMissed = 'run' }: ScheduleSettings): string {
  if (typeof ifMissed === 'object') return words.detail.missedAge(ifMissed.skipIfOlderThan);
  return words.ifMissed.find(({ value }) => value === ifMissed)?.label ?? ifMissed;
}

function blackoutLines({ blackout }: ScheduleSettings, cells: number): readonly Line[] {
  if (blackout === undefined) return [];
  return labelled(words.detail.blackout, blackoutWords(blackout), cells);
}

function runList(model: Model, id: string): ListSection {
  const { runs } = model.ui.data;
  const shown = runs?.kind === 'ready' && runs.about === id ? runs.value : [];
  const entries = shown.map((run) => entryOfRun(run, id, model));
  return entryList(model, 'moment', {
    id: 'schedules.runs',
    title: line(` ${words.detail.runs}`, 'heading'),
    rows: entries,
    min: 4,
    empty: emptyWords(model),
  });
}

function emptyWords(model: Model): readonly string[] {
  const { runs } = model.ui.data;
  if (runs?.kind === 'failed') return [wordFailure(runs.failure).message];
  return runs?.kind === 'ready' ? words.detail.noRuns : [texts.workbench.loading];
}
