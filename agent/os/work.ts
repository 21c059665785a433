/** What opens encrypted archives. */
export interface Keys {
  /** Secret keys, `AGE-SECRET-KEY-1...`. */
  readonly identities: readonly string[];
  readonly passphrase?: string | undefined;
  /** Of one archive that this process has written itself. */
  readonly fileKey?: Uint8Array | undefined;
}

/** What a job process gives the work it does. Progress reaches clients at most ten times a second. */
export interface Work {
  readonly job: number;
  /** Of the Kedge whose job it is: others count theirs from 1 too. */
  readonly installation?: string | undefined;
  readonly signal: AbortSignal;
  /** A folder of this job's own; removed with all in it when the job ends, and by recovery. */
  readonly scratch: string;
  /** Absent: what is encrypted stays closed. */
  readonly keys?: Keys | undefined;
  /** Bytes of the current step; `bytesTotal` 0: unknown. `cancellable` false refuses a cancel. */
  progress(step: string, bytesDone: number, bytesTotal: number, cancellable?: boolean): void;
  log(level: 'info' | 'warning' | 'error', text: string): void;
}
