/** Free bytes of a place at a moment. */
export interface SpaceSample {
  readonly atMs: number;
  readonly freeBytes: number;
}

export interface Forecast {
  /** Bytes a day by which less is free; negative: more is. Absent: too little is known. */
  readonly growthBytesPerDay?: number;
  /** Absent: not within `inSightDays`, or nobody can tell. */
  readonly fullInDays?: number;
}

const dayMs = 24 * 3_600_000;
/** The last weeks: older ones were of another time. */
const looksBackMs = 28 * dayMs;
const fewestDays = 3;
const inSightDays = 365;
/** Of all pairs of days so many must agree that it fills; else it goes up and down. */
const agreement = 2 / 3;

/**
 * How fast a place fills: the median of the slopes between all pairs of days (Theil and Sen), so that neither
 * the saw of retention nor a day on which much came or went says when it is full.
 */
export function forecast(
  samples: readonly SpaceSample[],
  freeBytes: number,
  nowMs: number,
): Forecast {
  const days = medianOfEachDay(
    samples.filter(({ atMs }) => atMs <= nowMs && atMs > nowMs - looksBackMs),
  );
  const slopes = slopesOf(days);
  if (days.length < fewestDays || slopes.length === 0) return {};
  const growthBytesPerDay = 0 - median(slopes);
  const filling = slopes.filter((slope) => slope < 0).length / slopes.length;
  const fullInDays = freeBytes / growthBytesPerDay;
  const isInSight = growthBytesPerDay > 0 && filling >= agreement && fullInDays <= inSightDays;
  return { growthBytesPerDay, ...(isInSight ? { fullInDays } : {}) };
}

/** What came into a place where nothing is taken out of it by a rule. */
export interface KeptBytes {
  readonly capturedAtMs: number;
  readonly sizeBytes: number;
}

/** Until free space was looked at for long enough: by what the backups of the last weeks took. */
export function forecastByBackups(
  backups: readonly KeptBytes[],
  freeBytes: number,
  nowMs: number,
): Forecast {
  const recent = backups.filter(
    ({ capturedAtMs }) => capturedAtMs <= nowMs && capturedAtMs > nowMs - looksBackMs,
  );
  const days = (nowMs - Math.min(nowMs, ...recent.map((one) => one.capturedAtMs))) / dayMs;
  if (days < fewestDays) return {};
  const growthBytesPerDay = recent.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / days;
  const fullInDays = freeBytes / growthBytesPerDay;
  return { growthBytesPerDay, ...(fullInDays <= inSightDays ? { fullInDays } : {}) };
}

/** One point a day however often was looked: what happened within it is noise. */
function medianOfEachDay(samples: readonly SpaceSample[]): readonly SpaceSample[] {
  const days = Map.groupBy(samples, ({ atMs }) => Math.floor(atMs / dayMs));
  return [...days.values()].map((ofDay) => ({
    atMs: median(ofDay.map(({ atMs }) => atMs)),
    freeBytes: median(ofDay.map(({ freeBytes }) => freeBytes)),
  }));
}

/** Bytes a day. */
function slopesOf(days: readonly SpaceSample[]): readonly number[] {
  return days.flatMap((later, index) =>
    days
      .slice(0, index)
      .map(
        (earlier) => ((later.freeBytes - earlier.freeBytes) / (later.atMs - earlier.atMs)) * dayMs,
      ),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (upper + lower) / 2;
}
