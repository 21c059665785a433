import { createHash } from 'node:crypto';
import { errorMessage } from '../../os/error-code.ts';
import { wordBytes } from '../../os/word-bytes.ts';
import type { ContentCheck, PartCheck } from '../content-check.ts';
import { collectedPart, ignoredPart } from '../dumps/collected-part.ts';
import type { IntegrityCheck } from '../integrity.ts';
import { dataName, factsName } from '../physical/server-facts.ts';
import type { RowCounts } from '../row-counts.ts';
import { manifestBytesAtMost, readManifest } from './manifest.ts';
import { isKedges, manifestName, pageFailuresIn } from './server-settings.ts';
import { type Segment, segmentStartBytes, walProblem } from './wal-segments.ts';

const factsBytesAtMost = 1 << 20;

interface Found {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Holds a data folder against the manifest that its server made of it, in whatever order it is read. */
export class BackupCheck implements ContentCheck {
  readonly #files = new Map<string, Found>();
  readonly #segments = new Map<string, Segment>();
  #manifest: Buffer | undefined;
  #pageFailures: string | undefined;
  readonly #manifestBytesAtMost: number;

  constructor(atMost = manifestBytesAtMost) {
    this.#manifestBytesAtMost = atMost;
  }

  /** `path` below the source. */
  part(path: string): PartCheck {
    if (path === factsName) return collectedPart(factsBytesAtMost, (text) => this.#readFacts(text));
    const [folder, ...rest] = path.split('/');
    if (folder !== dataName) return ignoredPart;
    const file = rest.join('/');
    if (file === manifestName) {
      return collectedPart(this.#manifestBytesAtMost + 1, (text) => {
        this.#manifest = text;
      });
    }
    const [, segment] = /^pg_wal\/([0-9A-F]{24})$/.exec(file) ?? [];
    return segment === undefined ? this.#file(file) : this.#segment(segment);
  }

  result(): IntegrityCheck {
    const problem = this.#problem() ?? this.#pageFailures;
    return problem === undefined ? { notes: [] } : { problem, notes: [] };
  }

  counts(): RowCounts {
    return { tables: [], notes: [] };
  }

  /** Of the files that its server has sent, and of its log; not of what that itself found in them. */
  get lacks(): string | undefined {
    return this.#problem();
  }

  #file(path: string): PartCheck {
    const sum = createHash('sha256');
    let sizeBytes = 0;
    return {
      write: (bytes) => {
        sum.update(bytes);
        sizeBytes += bytes.length;
      },
      end: () => void this.#files.set(path, { sizeBytes, sha256: sum.digest('hex') }),
    };
  }

  #segment(name: string): PartCheck {
    let start = Buffer.alloc(0);
    let sizeBytes = 0;
    return {
      write: (bytes) => {
        const wanted = segmentStartBytes - start.length;
        if (wanted > 0) start = Buffer.concat([start, bytes.subarray(0, wanted)]);
        sizeBytes += bytes.length;
      },
      end: () => void this.#segments.set(name, { sizeBytes, start }),
    };
  }

  #readFacts(text: Buffer): void {
    try {
      this.#pageFailures = pageFailuresIn(JSON.parse(text.toString()));
    } catch (error) {
      this.#pageFailures = `its ${factsName} can't be read: ${errorMessage(error)}`;
    }
  }

  #problem(): string | undefined {
    if (this.#manifest === undefined) return `it has no ${manifestName}`;
    if (this.#manifest.length > this.#manifestBytesAtMost) {
      return `its ${manifestName} is larger than ${wordBytes(this.#manifestBytesAtMost)}: it has too many files to be taken as a whole, so take its databases one by one (postgres)`;
    }
    try {
      const { files, wal } = readManifest(this.#manifest);
      return this.#filesProblem(files) ?? walProblem(wal, this.#segments);
    } catch (error) {
      return `its ${manifestName} can't be used: ${errorMessage(error)}`;
    }
  }

  #filesProblem(files: ReadonlyMap<string, Found>): string | undefined {
    for (const [path, { sizeBytes, sha256 }] of files) {
      if (isKedges(path)) continue;
      const found = this.#files.get(path);
      if (found === undefined) return `"${path}" is missing`;
      if (found.sizeBytes !== sizeBytes) {
        return `"${path}" has ${found.sizeBytes} bytes instead of ${sizeBytes}`;
      }
      if (found.sha256 !== sha256) return `"${path}" is not what its server has sent`;
    }
    const more = [...this.#files.keys()].find((path) => !files.has(path));
    return more === undefined ? undefined : `"${more}" was not sent by its server`;
  }
}
