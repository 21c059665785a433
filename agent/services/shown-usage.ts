import type { ManagerStatus } from './manager.ts';

/** As it is told: memory and share of one processor. */
export interface ShownUsage {
  readonly memoryBytes?: number;
  readonly cpuPercent?: number;
}

interface Sample {
  readonly incarnation: string;
  readonly atMs: number;
  readonly cpuMs: number;
}

/** Processor time is counted in steps of 10 ms: over less than this a share of it means nothing. */
const leastMs = 2000;
/** What changes by less is the same to a reader, and not told again. */
const sameShare = 0.05;
const sameBytes = 1024 * 1024;
const samePercent = 2;

/** What a service takes, from one look to the next; told in steps that a reader would call a change. */
export class UsageMeter {
  #sample: Sample | undefined;
  #shown: ShownUsage = {};

  get shown(): ShownUsage {
    return this.#shown;
  }

  /** Whether what is shown has changed. */
  look(status: ManagerStatus, atMs: number): boolean {
    const next = this.#measure(status, atMs);
    if (isSame(this.#shown, next)) return false;
    this.#shown = next;
    return true;
  }

  #measure(status: ManagerStatus, atMs: number): ShownUsage {
    if (status.kind !== 'running' || status.usage === undefined) {
      this.#sample = undefined;
      return {};
    }
    const { incarnation, usage } = status;
    const { memoryBytes, cpuMs } = usage;
    const cpuPercent = cpuMs === undefined ? undefined : this.#share({ incarnation, atMs, cpuMs });
    return {
      ...(memoryBytes === undefined ? {} : { memoryBytes: roundBytes(memoryBytes) }),
      ...(cpuPercent === undefined ? {} : { cpuPercent }),
    };
  }

  /** Undefined until it was looked at for the second time. */
  #share(now: Sample): number | undefined {
    const before = this.#sample;
    if (before?.incarnation !== now.incarnation) {
      this.#sample = now;
      return undefined;
    }
    const passedMs = now.atMs - before.atMs;
    if (passedMs < leastMs) return this.#shown.cpuPercent;
    this.#sample = now;
    // A process that ends takes its time with it where nobody waits for it.
    return Math.max(0, Math.round((100 * (now.cpuMs - before.cpuMs)) / passedMs));
  }
}

/** To a tenth of a MiB. */
function roundBytes(bytes: number): number {
  const step = sameBytes / 10;
  return Math.round(Math.round(bytes / step) * step);
}

function isSame(a: ShownUsage, b: ShownUsage): boolean {
  return (
    isNear(a.memoryBytes, b.memoryBytes, sameBytes) &&
    isNear(a.cpuPercent, b.cpuPercent, samePercent)
  );
}

function isNear(a: number | undefined, b: number | undefined, least: number): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Math.abs(a - b) < Math.max(least, sameShare * a);
}
