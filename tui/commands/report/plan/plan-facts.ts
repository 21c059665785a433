import { basename } from 'node:path';
import type { RestorePlan } from '../../../../protocol/domain/restore.ts';
import { isExchange } from '../../../../protocol/domain/restore-order.ts';
import { formatBytes } from '../../../texts/bytes.ts';
import { wordAgo, wordMoment, wordMomentFully } from '../../../texts/moment.ts';
import { planTexts as words } from '../../../texts/texts.ts';
import { formatDuration } from '../../../texts/time.ts';
import { bringsNothing } from './brings-nothing.ts';
import { changeGroups } from './change-facts.ts';
import { costGroups, safetyFacts } from './cost-facts.ts';
import { type Fact, type FactGroup, fact, labelledFact, signed } from './fact.ts';

/** All that a plan says, in order. The page and the command line only set it differently. */
export function planFacts(plan: RestorePlan, nowMs: number): readonly FactGroup[] {
  const { obstacles, warnings, steps, contact } = plan;
  const isLive = isExchange(plan.mode);
  const acts = !bringsNothing(plan);
  return [
    ...listed(
      words.obstacles,
      obstacles.map((text) => signed('!', text, 'error')),
    ),
    { facts: [fact(summary(plan, nowMs), 'strong')] },
    { facts: headFacts(plan, isLive) },
    ...changeGroups(plan),
    ...listed(
      words.warnings,
      warnings.map((text) => signed('!', text, 'warning')),
    ),
    ...(acts ? costGroups(plan) : []),
    ...listed(words.steps, acts ? steps.map((step, index) => signed(`${index + 1}.`, step)) : []),
    ...(contact === undefined ? [] : [{ facts: [labelledFact(words.contact, contact)] }]),
    ...(isLive && acts && plan.choices?.withoutUndo !== true
      ? [{ facts: [fact(words.undoLater, 'muted')] }]
      : []),
  ];
}

function listed(title: string, facts: readonly Fact[]): readonly FactGroup[] {
  return facts.length === 0
    ? []
    : [{ title, facts, ...(title === words.obstacles && { tone: 'error' }) }];
}

function summary({ application, backup, mode, parts }: RestorePlan, nowMs: number): string {
  const at = wordMomentFully(backup.capturedAtMs);
  const ago = wordAgo(backup.capturedAtMs, nowMs);
  if (mode?.kind === 'elsewhere') return words.unpacked(mode.folder, at, ago);
  if (mode?.kind === 'beside') return words.beside(at, ago);
  if (mode?.kind === 'merge') return words.merged(application, at, ago);
  return (parts === undefined ? words.summary : words.partOf)(application, at, ago);
}

function headFacts(plan: RestorePlan, isLive: boolean): readonly Fact[] {
  return [
    labelledFact(words.backup, basename(plan.backup.path)),
    ...partFacts(plan),
    ...askedFacts(plan),
    ...(isLive ? liveFacts(plan) : []),
    ...versionFacts(plan),
  ];
}

function liveFacts(plan: RestorePlan): readonly Fact[] {
  if (bringsNothing(plan)) return [labelledFact(words.comesBack, words.nothingBack, 'ok')];
  return [downtimeFact(plan), ...lossFacts(plan), ...safetyFacts(plan)];
}

function partFacts({ parts }: RestorePlan): readonly Fact[] {
  return (parts ?? []).map(({ source, paths, tables }) => {
    const ofTables = (tables ?? []).map(({ table, keys }) => words.tablePart(table, keys?.length));
    return labelledFact(words.parts, words.part(source, paths ?? [], ofTables));
  });
}

function askedFacts({ asked }: RestorePlan): readonly Fact[] {
  if (asked === undefined) return [];
  const { atMs, gapSeconds, passedOver } = asked;
  const at = wordMomentFully(atMs);
  const gap = formatDuration(gapSeconds);
  return [
    labelledFact(words.asked, gapSeconds < 1 ? words.askedExactly(at) : words.askedAt(at, gap)),
    ...passedOver.map(({ name, capturedAtMs, why }) =>
      signed('!', words.passedOver(name, wordMoment(capturedAtMs), why), 'warning'),
    ),
  ];
}

/** Of a merge or a part nothing is known from the last restore. */
function downtimeFact({ downtimeSeconds, downtimeFrom, mode, parts }: RestorePlan): Fact {
  const time = formatDuration(downtimeSeconds);
  const isOther = mode?.kind === 'merge' || parts !== undefined;
  const from = isOther && downtimeFrom === 'estimate' ? undefined : downtimeFrom;
  const word = from === undefined ? words.about : words.downtimeOf[from];
  return labelledFact(words.downtime, word(time));
}

function versionFacts(plan: RestorePlan): readonly Fact[] {
  const { applicationVersionThen: then, applicationVersionNow: now } = plan;
  if (then === undefined && now === undefined) return [];
  const text = words.versions(then ?? words.unknown, now ?? words.unknown);
  return [labelledFact(words.version, text, then === now ? 'plain' : 'warning')];
}

/** What goes, and what comes back, over all sources that are replaced. */
function lossFacts(plan: RestorePlan): readonly Fact[] {
  if (plan.mode?.kind === 'merge') return [];
  const { tables, inserted, changed, deleted: backRows, isCounted } = rowChanges(plan);
  const files = plan.changes.flatMap((change) => change.files ?? []);
  const [newer, rewritten] = [
    sum(files.map((one) => one.newer)),
    sum(files.map((one) => one.changed)),
  ];
  const isPartly = [...plan.changes, ...tables].some(({ problem }) => problem !== undefined);
  const backFiles = sum(files.map((one) => one.deleted));
  const bytes = formatBytes(sum(files.map((one) => one.bytesNewer)));
  const isLost = inserted + changed + newer + rewritten > 0;
  // What nobody counted is not "none".
  const work = words.lostWork(formatDuration(plan.spanSeconds), [
    ...(isCounted ? [words.lostRows(inserted, changed)] : []),
    ...(files.length === 0 ? [] : [words.lostFiles(newer, rewritten, bytes)]),
  ]);
  const text = isLost ? work : words.nothingLost;
  const uncounted = words.lostUncounted(formatDuration(plan.spanSeconds));
  return [
    labelledFact(
      words.lost,
      isPartly ? (isLost ? `${text}; ${words.notAllKnown}` : uncounted) : text,
      isLost || isPartly ? 'warning' : 'ok',
    ),
    ...(backRows + backFiles === 0
      ? []
      : [labelledFact(words.comesBack, words.comingBack(backRows, backFiles))]),
  ];
}

/** Since the backup, over all tables; of parts of a database as exactly as what comes back is known. */
function rowChanges({ changes, merges = [] }: RestorePlan) {
  const parts = merges.flatMap(({ tables }) => tables ?? []);
  const exact = new Set(merges.flatMap((one) => (one.tables === undefined ? [] : one.source)));
  const tables = changes.flatMap((one) => (exact.has(one.source) ? [] : (one.tables ?? [])));
  const newer = tables.map(
    ({ inserted, liveRows, backupRows }) => inserted ?? Math.max(0, liveRows - backupRows),
  );
  return {
    tables,
    isCounted: tables.length + parts.length > 0,
    inserted: sum([...newer, ...parts.map(({ deleted = 0 }) => deleted)]),
    changed: sum([
      ...tables.map(({ changed = 0 }) => changed),
      ...parts.map(({ overwritten }) => overwritten),
    ]),
    deleted: sum([
      ...tables.map(({ deleted = 0 }) => deleted),
      ...parts.map(({ inserted }) => inserted),
    ]),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
