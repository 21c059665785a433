import type { FileSample } from '../../../protocol/domain/restore.ts';

const ofEachKind = 5;

/** Of each kind of change the files that were changed last. */
export class FileSamples {
  readonly #byChange: Record<FileSample['change'], FileSample[]> = {
    new: [],
    changed: [],
    deleted: [],
  };

  add(
    change: FileSample['change'],
    relative: Buffer,
    { sizeBytes, mtimeNs }: { readonly sizeBytes: number; readonly mtimeNs: bigint },
  ): void {
    const kept = this.#byChange[change];
    const modifiedMs = Number(mtimeNs / 1_000_000n);
    if (kept.length === ofEachKind && modifiedMs <= (kept.at(-1)?.modifiedMs ?? 0)) return;
    const at = kept.findIndex((other) => other.modifiedMs < modifiedMs);
    const sample = { path: relative.toString(), change, sizeBytes, modifiedMs };
    kept.splice(at < 0 ? kept.length : at, 0, sample);
    if (kept.length > ofEachKind) kept.pop();
  }

  get all(): readonly FileSample[] {
    return [...this.#byChange.new, ...this.#byChange.changed, ...this.#byChange.deleted];
  }
}
