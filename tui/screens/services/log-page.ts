import { released, type ShownLog } from '../../store/shown-log.ts';
import { formatCount } from '../../texts/count.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { type Line, line, span } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { fieldState, fieldText } from '../form-values.ts';
import { paragraph } from '../page-lines.ts';
import { logRegion } from './follow-service-log.ts';
import { filtered, logRows } from './log-rows.ts';
import { historyOf } from './service-history.ts';

const words = texts.services.live;
export const logFilter = 'services.log-filter';
/** A choice that stays while the window is open. */
export const logWrap = 'services.log-wrap';

/** What a service writes, as it writes it. */
export function logPage(model: Model, service: string): readonly Section[] {
  const log = shownLog(model, service);
  const filter = fieldText(model, logFilter);
  const look = { filter, wrap: wraps(model) };
  return [
    { kind: 'lines', lines: [titleLine(model, service, log, filter)] },
    { kind: 'lines', lines: historyOf(model, service), drop: 1 },
    ...filterSections(model),
    {
      kind: 'page',
      id: logRegion,
      min: 4,
      follow: true,
      lines: (width) =>
        log === undefined || log.lines.length === 0
          ? insteadOfLines(model, log)
          : logRows(log, look, width),
    },
    { kind: 'buttons', buttons: buttons(model) },
  ];
}

export function wraps(model: Model): boolean {
  return fieldText(model, logWrap) === 'on';
}

/** Standing still, since somebody scrolled away from its end or asked for it. */
export function isPaused({ ui }: Model): boolean {
  return ui.places[logRegion] !== undefined;
}

export function shownLog(model: Model, service: string): ShownLog | undefined {
  const { serviceLog: log } = model.ui.data;
  if (log?.kind !== 'ready' || log.about !== service) return undefined;
  return isPaused(model) ? log.value : released(log.value);
}

function titleLine(model: Model, service: string, log: ShownLog | undefined, filter: string): Line {
  const held = log?.held.length ?? 0;
  const state = isPaused(model) ? words.paused(formatCount(held)) : words.following;
  const all = log?.lines.length ?? 0;
  const left = filtered(log?.lines ?? [], filter).length;
  const found =
    filter === '' ? [] : [span(`  ${words.found(formatCount(left), formatCount(all))}`)];
  return [
    span(` ${words.title(service)}  `, 'heading'),
    span(state, isPaused(model) ? 'warning' : 'ok'),
    ...found,
  ];
}

function insteadOfLines(model: Model, log: ShownLog | undefined): readonly Line[] {
  const { serviceLog: loaded } = model.ui.data;
  if (loaded?.kind === 'failed') {
    const { message, hint } = wordFailure(loaded.failure);
    const cells = model.editorColumns - 4;
    const why = paragraph(message, cells, 'error');
    return hint === undefined ? why : [...why, ...paragraph(hint, cells)];
  }
  return [line(log === undefined ? texts.workbench.loading : words.nothing, 'muted')];
}

function filterSections(model: Model): readonly Section[] {
  const value = fieldState(model, logFilter);
  const active = model.ui.focus.services === logFilter;
  if (value.text === '' && !active) return [];
  return [
    {
      kind: 'field',
      id: logFilter,
      label: words.filter,
      value,
      placeholder: words.filterPlaceholder,
      submit: { command: 'focus.region', args: { region: logRegion } },
    },
  ];
}

function buttons(model: Model): readonly Button[] {
  const pause = isPaused(model) ? words.follow : words.pause;
  return [
    { id: 'log.back', label: words.back, action: { command: 'back' } },
    { id: 'log.follow', label: pause, action: { command: 'services.log-follow' } },
    {
      id: 'log.wrap',
      label: wraps(model) ? words.unwrap : words.wrap,
      action: { command: 'services.log-wrap' },
    },
    { id: 'log.filter', label: words.filterButton, action: { command: 'services.log-filter' } },
    { id: 'log.copy', label: words.copy, action: { command: 'services.log-copy' } },
  ];
}
