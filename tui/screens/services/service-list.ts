import type { Service } from '../../../protocol/domain/service.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordSpan } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordWhy } from '../../texts/word-why.ts';
import type { Tone } from '../../theme/theme.ts';
import { type Line, span } from '../../widgets/line.ts';
import type { ListSection } from '../../widgets/section.ts';
import { type Column, table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';
import { serviceTree, type TreeRow } from './service-tree.ts';

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

/** Services as a tree by what they need, with their health in a word, and why. */
export function serviceList(model: Model, id: string): ListSection {
  const rows = serviceTree(model.state.snapshot?.services ?? []);
  const named = rows.some(({ also }) => also.length > 0);
  const columns = table(columnsFor(rows), model.glyphs.ellipsis);
  return {
    kind: 'list',
    id,
    header: columns.header,
    count: rows.length,
    min: 3,
    keyOf: (index) => rows[index]?.service.id ?? '',
    row: (index, width) => {
      const row = rows[index];
      return row === undefined ? [] : columns.row(cells(row, model, named), width);
    },
    empty: words.empty,
    open: (index) => ({
      command: 'services.log',
      args: { service: rows[index]?.service.id ?? '' },
    }),
  };
}

const longestName = 24;

/** What no service has takes no room. */
function columnsFor(rows: readonly TreeRow[]): readonly Column[] {
  const { columns } = words;
  const name = Math.max(8, ...rows.map(({ service, depth }) => service.id.length + 2 * depth));
  const also = Math.max(0, ...rows.map((row) => row.also.join(' ').length));
  return [
    { title: columns.service, width: Math.min(longestName, name) },
    { title: columns.health, width: 8 },
    { title: columns.since, width: 7, drop: 2 },
    { title: columns.memory, width: 8, align: 'right', drop: 3 },
    { title: columns.cpu, width: 5, align: 'right', drop: 4 },
    { title: columns.pid, width: 7, align: 'right', drop: 6 },
    ...(also === 0
      ? []
      : [{ title: columns.also, width: Math.min(18, Math.max(10, also)), drop: 5 }]),
    { title: columns.why, width: 'rest', min: 20 },
  ];
}

function cells({ service, depth, also }: TreeRow, model: Model, named: boolean): Line[number][] {
  const branch = depth === 0 ? '' : `${'  '.repeat(depth - 1)}${model.glyphs.bottomLeft} `;
  const { memoryBytes, cpuPercent, pid } = service;
  return [
    span(`${branch}${service.id}`, 'strong'),
    span(service.health, healthTones[service.health]),
    span(wordSpan(Math.max(0, model.nowMs - service.sinceMs) / 1000)),
    span(memoryBytes === undefined ? '' : formatBytes(memoryBytes)),
    span(cpuPercent === undefined ? '' : words.percent(cpuPercent)),
    span(pid === undefined ? '' : String(pid)),
    ...(named ? [span(also.join(' '), 'muted')] : []),
    span(wordWhy(service, model.nowMs)),
  ];
}
