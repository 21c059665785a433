/** How a source comes back with nothing but a shell, in the folder into which its archive was unpacked. */
export interface ByHand {
  /** Where its data lies. */
  readonly paths: readonly string[];
  /** What has to be there before anything is put into it. */
  readonly folders: readonly string[];
  /** Packages for `check`. */
  readonly packages: readonly string[];
  /** Commands, as argv, that look at what was unpacked. */
  readonly check: readonly Command[];
  /** Commands that put it where it was; what uses it is stopped. */
  readonly putBack: readonly Command[];
}

type Command = readonly string[];
