import type { Service } from '../../../protocol/domain/service.ts';
import { roleOf } from '../../store/role-of.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { longestWord } from '../../texts/longest-word.ts';
import { momentCells, wordSpan } from '../../texts/moment.ts';
import { texts } from '../../texts/texts.ts';
import { wordWhy } from '../../texts/word-why.ts';
import type { Glyphs, Tone } from '../../theme/theme.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { span } from '../../widgets/line.ts';
import type { ListColumn } from '../../widgets/list-spec.ts';
import type { Model } from '../bench.ts';
import { commandCopies } from '../chosen-rows.ts';
import { emptyOr } from '../welcome.ts';
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
export function serviceList(model: Model, id: string): BuiltList<TreeRow> {
  const rows = serviceTree(model.state.snapshot?.services ?? []);
  return buildList<TreeRow>(model, {
    id,
    rows,
    columns: columnsFor(rows, model),
    min: 3,
    markable: true,
    keyOf: ({ service }) => service.id,
    // In another order, or with some left out, no branch leads anywhere.
    alone: (row) => ({ ...row, depth: 0 }),
    empty: emptyOr(model, roleOf(model.state) === 'admin' ? words.empty : words.emptyOther),
    open: ({ service }) => ({ command: 'services.log', args: { service: service.id } }),
    copies: ({ service }) =>
      commandCopies(
        ['service.restart', 'service.start', 'service.stop', 'service.logs'].map((command) => ({
          command,
          args: { service: service.id },
        })),
      ),
  });
}

const longestName = 24;

/** What no service has takes no room. */
function columnsFor(rows: readonly TreeRow[], model: Model): readonly ListColumn<TreeRow>[] {
  const { columns } = words;
  const { glyphs, nowMs } = model;
  const name = Math.max(8, ...rows.map(({ service, depth }) => service.id.length + 2 * depth));
  const also = Math.max(0, ...rows.map((row) => row.also.join(' ').length));
  return [
    {
      id: 'service',
      title: columns.service,
      width: Math.min(longestName, name),
      cell: (row) => span(`${branchOf(row, glyphs)}${row.service.id}`, 'strong'),
      words: ({ service }) => service.id,
    },
    {
      id: 'health',
      title: columns.health,
      width: longestWord(texts.states.health, 8),
      cell: ({ service }) => span(texts.states.health[service.health], healthTones[service.health]),
    },
    {
      id: 'since',
      title: columns.since,
      width: momentCells('span', 7),
      drop: 2,
      cell: ({ service }) => wordSpan(Math.max(0, nowMs - service.sinceMs) / 1000),
      sortBy: ({ service }) => nowMs - service.sinceMs,
    },
    {
      id: 'memory',
      title: columns.memory,
      width: 8,
      align: 'right',
      drop: 3,
      cell: ({ service }) =>
        service.memoryBytes === undefined ? '' : formatBytes(service.memoryBytes),
      sortBy: ({ service }) => service.memoryBytes,
    },
    {
      id: 'cpu',
      title: columns.cpu,
      width: 5,
      align: 'right',
      drop: 4,
      cell: ({ service }) =>
        service.cpuPercent === undefined ? '' : words.percent(service.cpuPercent),
      sortBy: ({ service }) => service.cpuPercent,
    },
    {
      id: 'pid',
      title: columns.pid,
      width: 7,
      align: 'right',
      drop: 6,
      cell: ({ service }) => (service.pid === undefined ? '' : String(service.pid)),
      sortBy: ({ service }) => service.pid,
    },
    {
      id: 'also',
      title: columns.also,
      width: Math.min(18, Math.max(10, also)),
      drop: 5,
      extra: also === 0,
      cell: (row) => span(row.also.join(' '), 'muted'),
    },
    {
      id: 'why',
      title: columns.why,
      width: 'rest',
      min: 20,
      cell: ({ service }) => wordWhy(service, nowMs),
    },
  ];
}

function branchOf({ depth }: TreeRow, glyphs: Glyphs): string {
  return depth === 0 ? '' : `${'  '.repeat(depth - 1)}${glyphs.bottomLeft} `;
}
