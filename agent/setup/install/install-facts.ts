import type { Config } from '../../config/config.ts';
import type { UnitFile } from '../unit/unit-order.ts';
import type { FoundPath } from './found-path.ts';
import type { InstallRecord } from './install-record.ts';

/** A program that can be installed: its folder, and the sums of its files. */
export interface Release {
  readonly root: string;
  readonly version: string;
  readonly sums: string;
}

/** What stands on this machine before anything is changed; the plan is made of nothing else. */
export interface InstallFacts {
  readonly prefix: string;
  readonly user: string;
  readonly waitSeconds: number;
  readonly release: Release;
  /** The folder of this release below the prefix, and whether it is there and whole. */
  readonly program: { readonly folder: string; readonly isWhole: boolean };
  readonly record: InstallRecord | undefined;
  readonly hasUser: boolean;
  readonly hasGroup: boolean;
  /** Groups that are needed and are not there. */
  readonly missingGroups: readonly string[];
  /** A configuration to begin with. */
  readonly configText: string | undefined;
  readonly config: Config | undefined;
  /** Units and drop-ins that are to lie here, and the polkit rule. */
  readonly files: readonly UnitFile[];
  /** Destinations whose folders are to be made. */
  readonly newStores: readonly { readonly name: string; readonly path: string }[];
  /** Of every path that the plan may touch. */
  readonly disk: ReadonlyMap<string, FoundPath>;
  /** Of the user; undefined: not made yet. */
  readonly uid: number | undefined;
  readonly isActive: boolean;
  /** Units that systemd starts at a boot. */
  readonly enabled: ReadonlySet<string>;
  readonly notes: readonly string[];
}
