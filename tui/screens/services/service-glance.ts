import type { Service } from '../../../protocol/domain/service.ts';
import { serviceHistory, serviceLogs } from '../../../protocol/methods/service.ts';
import { logText } from '../../store/log-text.ts';
import { mayAsk } from '../../store/role-of.ts';
import { waitFor } from '../../store/wait-for.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formats } from '../../texts/formats.ts';
import { texts } from '../../texts/texts.ts';
import { cellWidth } from '../../widgets/cells.ts';
import { fitLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Bench, Model } from '../bench.ts';
import { selectedIn } from '../chosen-rows.ts';
import { historyOf } from './service-history.ts';
import { serviceList } from './service-list.ts';

const words = texts.services;
/** Who goes through a list by keys wants only the last one. */
const settleMs = 120;
const askedLines = 10;
const shownLines = 3;

/** Below the list: what else is known of the selected service. The least important goes first in low windows. */
export function glanceSections(model: Model): readonly Section[] {
  const service = selectedService(model);
  if (service === undefined) return [];
  return [
    { kind: 'lines', lines: [factLine(service, model)], drop: 6 },
    { kind: 'lines', lines: historyOf(model, service.id), drop: 7 },
    { kind: 'lines', lines: tailLines(model, service.id), drop: 8 },
  ];
}

/** The one that is selected in the list, or its first. */
export function selectedService(model: Model): Service | undefined {
  return selectedIn(model, serviceList(model, 'services.list'))?.service;
}

/** Whole facts, as many as there is room for: the columns of the list say the last ones, too. */
function factLine(service: Service, { glyphs, editorColumns }: Model): Line {
  const { id, dependsOn, pid, memoryBytes, cpuPercent, restarts, manager } = service;
  const facts = [
    dependsOn.length === 0 ? words.needsNothing : words.needs(dependsOn.join(formats().comma)),
    words.by(manager),
    pid === undefined ? undefined : words.process(pid),
    restarts === 0 ? undefined : words.restarts(restarts),
    memoryBytes === undefined ? undefined : formatBytes(memoryBytes),
    cpuPercent === undefined ? undefined : words.processor(cpuPercent),
  ].filter((fact) => fact !== undefined);
  const between = ` ${glyphs.dot} `;
  const room = editorColumns - cellWidth(id) - 3;
  const fits = facts.filter(
    (_, index) => cellWidth(facts.slice(0, index + 1).join(between)) <= room,
  );
  return [span(` ${id} `, 'heading'), span(fits.join(between), 'muted')];
}

function tailLines({ ui, editorColumns, glyphs }: Model, service: string): readonly Line[] {
  const { serviceTail: tail } = ui.data;
  if (tail?.kind !== 'ready' || tail.about !== service || tail.value.length === 0) return [];
  return [
    line(` ${words.lastLines}`, 'muted'),
    ...tail.value.map((text) =>
      fitLine([span('   '), span(text)], editorColumns - 1, glyphs.ellipsis),
    ),
  ];
}

/** Reads it again whenever the health of the service has changed, until another one is looked at. */
export async function followGlance(
  bench: Bench,
  wanted: string,
  signal: AbortSignal,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  while (!signal.aborted) {
    const service = wanted === '' ? selectedService(bench.model()) : serviceOf(bench, wanted);
    if (service !== undefined) load(bench, service.id);
    const changed = (): true | undefined =>
      isSame(service, serviceOf(bench, service?.id ?? '')) ? undefined : true;
    await waitFor(bench.session.store, changed, signal).catch(() => undefined);
  }
}

function load(bench: Bench, service: string): void {
  bench.load('serviceHistory', service, async () => {
    const { services } = await bench.session.call(serviceHistory, { service });
    return services[0];
  });
  if (!mayAsk(bench.model().state, serviceLogs)) return;
  bench.load('serviceTail', service, async () => {
    const { lines } = await bench.session.call(serviceLogs, { service, lines: askedLines });
    return lines
      .map(logText)
      .filter((text) => text.trim() !== '')
      .slice(-shownLines);
  });
}

function serviceOf(bench: Bench, id: string): Service | undefined {
  return bench.session.store.get().snapshot?.services.find((one) => one.id === id);
}

/** What it takes of the machine moves all the time and is no reason to read its log again. */
function isSame(a: Service | undefined, b: Service | undefined): boolean {
  return a?.id === b?.id && a?.health === b?.health && a?.pid === b?.pid;
}
