import type { DrillResult, DrillSource } from '../../../protocol/domain/drill.ts';
import { formatCount } from '../../texts/count.ts';
import { drillTexts } from '../../texts/texts.ts';
import { fields } from '../table.ts';

/** What a drill found, source by source. */
export function drillLines(drill: DrillResult): readonly string[] {
  return [
    ...fields([
      ['Drill', drill.outcome === 'proven' ? drillTexts.proven : drillTexts.failed],
      ['Backup', drill.path],
      ['Took', drillTexts.took(drill.seconds, drill.unpackSeconds)],
      ['Application', applicationWords(drill)],
    ]),
    ...drill.problems.map((problem) => `! ${problem}`),
    ...drill.sources.flatMap((source) => [
      `  ${source.source} (${source.engine}): ${drillSourceWords(source)}`,
      ...(source.tables ?? []).map(({ table, rows }) => `    ${table}: ${formatCount(rows)} rows`),
      ...source.notes.map((note) => `    ${note}`),
    ]),
  ];
}

/** Whether it was started on the copy, and how that went. */
export function applicationWords({ probe }: DrillResult): string {
  if (probe === undefined) return drillTexts.notTried;
  return probe.ready
    ? drillTexts.ready(probe.seconds, probe.text)
    : drillTexts.notReady(probe.text);
}

/** "2 files, 52.4 MiB, all read back, integrity ok, 141,000 rows in 5 tables". */
export function drillSourceWords(source: DrillSource): string {
  const { files, bytes, hashed, integrity, tables, rows } = source;
  return [
    drillTexts.source(files, bytes),
    drillTexts.hashed(hashed, files),
    ...(integrity === undefined ? [] : [drillTexts.integrity(integrity)]),
    ...(rows === undefined ? [] : [drillTexts.rows(rows, tables?.length ?? 0)]),
  ].join(', ');
}
