import * as z from 'zod';
import { serviceHistory } from '../../../protocol/methods/service.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { released, type ShownLogLine } from '../../store/shown-log.ts';
import type { UiState } from '../../store/ui-state.ts';
import { formatCount } from '../../texts/count.ts';
import { texts } from '../../texts/texts.ts';
import type { Bench, Model, UiCommand } from '../bench.ts';
import { fieldText, setFields } from '../form-values.ts';
import { openPage } from '../navigate.ts';
import { logRegion } from './follow-service-log.ts';
import { isPaused, logFilter, logWrap, shownLog, wraps } from './log-page.ts';
import { filtered } from './log-rows.ts';

const words = texts.services.live;
const category = texts.workbench.views.services;
const ServiceArgs = z.object({ service: z.string() });
/** Terminals drop what is much longer. */
const copiedLines = 500;
const copiedCharacters = 60_000;

export const logCommands: readonly UiCommand[] = [
  {
    id: 'services.log',
    title: texts.services.commands.log,
    category,
    internal: true,
    run(bench, args) {
      const { service } = ServiceArgs.parse(args);
      bench.updateUi(forgotPlace);
      setFields(bench, { [logFilter]: undefined });
      openPage(bench, 'services', { kind: 'service-log', service }, logRegion);
      bench.load('serviceHistory', service, async () => {
        const { services } = await bench.session.call(serviceHistory, { service });
        return services[0];
      });
    },
  },
  onLog('services.log-follow', words.commands.follow, (bench) => {
    if (isPaused(bench.model())) return followAgain(bench);
    const top = bench.areas()[logRegion]?.top ?? 0;
    bench.updateUi((ui) => ({
      ...ui,
      places: { ...ui.places, [logRegion]: { selected: top, top } },
    }));
  }),
  onLog('services.log-wrap', words.commands.wrap, (bench) =>
    setFields(bench, { [logWrap]: wraps(bench.model()) ? 'off' : 'on' }),
  ),
  onLog('services.log-filter', words.commands.filter, (bench) =>
    bench.run({ command: 'focus.region', args: { region: logFilter } }),
  ),
  onLog('services.log-unfilter', words.commands.unfilter, (bench) => {
    setFields(bench, { [logFilter]: undefined });
    bench.run({ command: 'focus.region', args: { region: logRegion } });
  }),
  onLog('services.log-copy', words.commands.copy, copyLog),
];

const onPage = 'page == service-log';

export const logBindings: readonly Keybinding[] = [
  { key: 'y', command: 'services.log-copy', when: onPage, hint: words.hints.copy },
  { key: 'w', command: 'services.log-wrap', when: onPage, hint: words.hints.wrap },
  { key: '/', command: 'services.log-filter', when: onPage, hint: words.hints.filter },
  { key: 'f', command: 'services.log-follow', when: onPage, hint: words.hints.follow },
  {
    key: 'esc',
    command: 'services.log-unfilter',
    when: `region == ${logFilter}`,
    hint: words.hints.unfilter,
  },
  {
    key: 'esc',
    command: 'services.log-unfilter',
    when: `region == ${logRegion} && logFiltered`,
    hint: words.hints.unfilter,
  },
];

/** Its end is in sight again, or is to be: what was held back comes too. */
export function followAgain(bench: Bench): void {
  bench.updateUi((ui) => {
    const { serviceLog: log } = ui.data;
    const next = forgotPlace(ui);
    if (log?.kind !== 'ready') return next;
    return { ...next, data: { ...ui.data, serviceLog: { ...log, value: released(log.value) } } };
  });
}

function forgotPlace(ui: UiState): UiState {
  const { [logRegion]: _, ...places } = ui.places;
  return { ...ui, places };
}

function copyLog(bench: Bench): void {
  const model = bench.model();
  const service = serviceOf(model);
  const log = service === undefined ? undefined : shownLog(model, service);
  const kept = lastOf(filtered(log?.lines ?? [], fieldText(model, logFilter)));
  if (kept.length === 0) {
    bench.notify('warning', words.nothing);
    return;
  }
  bench.copy(kept.join('\n'));
  bench.notify('ok', words.copied(formatCount(kept.length)));
}

/** As many of the last lines as a terminal takes at once. */
function lastOf(lines: readonly ShownLogLine[]): readonly string[] {
  const kept: string[] = [];
  let left = copiedCharacters;
  for (const text of lines.slice(-copiedLines).toReversed()) {
    left -= (text?.length ?? 0) + 1;
    if (left < 0) break;
    if (text !== null) kept.unshift(text);
  }
  return kept;
}

function onLog(id: string, title: string, run: (bench: Bench) => void): UiCommand {
  return {
    id,
    title,
    category,
    disabledReason: (model) => (serviceOf(model) === undefined ? words.onlyOnLog : undefined),
    run: (bench) => {
      if (serviceOf(bench.model()) !== undefined) run(bench);
    },
  };
}

function serviceOf({ ui }: Model): string | undefined {
  const page = ui.pages.services;
  return ui.view === 'services' && page?.kind === 'service-log' ? page.service : undefined;
}
