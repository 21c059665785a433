import type { HealthChange, ServiceHistory } from '../../../protocol/domain/service.ts';
import { historyTexts as words } from '../../texts/texts.ts';
import { formatDistance, formatDuration, formatMoment } from '../../texts/time.ts';
import { healthSign } from '../../theme/health-sign.ts';
import type { Glyphs } from '../../theme/theme.ts';
import { table } from '../table.ts';

export interface History {
  readonly fromMs: number;
  readonly toMs: number;
  readonly services: readonly ServiceHistory[];
}

/** A line of signs for each service and what they mean; the changes too where one was asked for. */
export function historyLines(
  { fromMs, toMs, services }: History,
  glyphs: Glyphs,
  withChanges: boolean,
): readonly string[] {
  const { columns } = words;
  const lines = table(
    [
      { title: columns.service },
      { title: columns.days },
      { title: columns.now },
      { title: columns.since },
    ],
    services.map((history) => row(history, toMs, glyphs)),
  );
  const parts = services[0]?.buckets.length ?? 1;
  const span = formatDuration((toMs - fromMs) / parts / 1000);
  const changes = withChanges ? services.flatMap((history) => ['', ...changeLines(history)]) : [];
  return [...lines, '', words.legend(span, glyphs.levels, glyphs.coming), ...changes];
}

function row({ service, buckets, changes }: ServiceHistory, nowMs: number, glyphs: Glyphs) {
  const last = changes.at(-1);
  return [
    service,
    buckets.map((state) => healthSign(state, glyphs)).join(''),
    last?.state ?? 'unknown',
    last === undefined ? '-' : formatDistance(last.atMs, nowMs),
  ];
}

function changeLines({ changes }: ServiceHistory): readonly string[] {
  if (changes.length === 0) return [words.noChanges];
  const { when, state, why } = words.changeColumns;
  return table(
    [{ title: when }, { title: state }, { title: why }],
    changes.map((change: HealthChange) => [formatMoment(change.atMs), change.state, change.why]),
  );
}
