import type { Service } from '../../../protocol/domain/service.ts';
import { wordSpan } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordWhy } from '../../texts/word-why.ts';
import type { Tone } from '../../theme/theme.ts';
import { type Line, span } from '../../widgets/line.ts';
import type { ListSection } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';

const words = texts.services;

export const healthTones: Readonly<Record<Service['health'], Tone>> = {
  healthy: 'ok',
  starting: 'warning',
  ill: 'error',
  stopping: 'warning',
  stopped: 'warning',
  failed: 'error',
  flapping: 'error',
  unknown: 'warning',
};

/** Services with their health in a word, and why. */
export function serviceList(model: Model, id: string): ListSection {
  const services = model.state.snapshot?.services ?? [];
  const columns = table(
    [
      { title: words.columns.service, width: 10 },
      { title: words.columns.health, width: 9 },
      { title: words.columns.since, width: 7, drop: 2 },
      { title: words.columns.pid, width: 7, align: 'right', drop: 3 },
      { title: words.columns.after, width: 14, drop: 4 },
      { title: words.columns.why, width: 'rest', min: 32 },
    ],
    model.glyphs.ellipsis,
  );
  return {
    kind: 'list',
    id,
    header: columns.header,
    count: services.length,
    min: 3,
    keyOf: (index) => services[index]?.id ?? '',
    row: (index, width) => {
      const service = services[index];
      return service === undefined ? [] : columns.row(cells(service, model), width);
    },
    empty: words.empty,
    open: (index) => ({ command: 'services.log', args: { service: services[index]?.id ?? '' } }),
  };
}

function cells(service: Service, model: Model): Line[number][] {
  return [
    span(service.id, 'strong'),
    span(service.health, healthTones[service.health]),
    span(wordSpan(Math.max(0, model.nowMs - service.sinceMs) / 1000)),
    span(service.pid === undefined ? '' : String(service.pid)),
    span(service.dependsOn.join(' '), 'muted'),
    span(wordWhy(service, model.nowMs)),
  ];
}
