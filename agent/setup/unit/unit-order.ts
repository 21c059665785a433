import type { Config } from '../../config/config.ts';
import type { SourceAccess } from './source-access.ts';

/** What Kedge's own units are made of; paths are absolute, symlinks in them resolved where they are on disk. */
export interface UnitOrder {
  readonly config: Config;
  /** Unprivileged; its primary group has the same name. */
  readonly user: string;
  /** Further groups that are there: "systemd-journal", those of operators and viewers. */
  readonly groups: readonly string[];
  /** Its launcher: "/usr/local/bin/kedge". */
  readonly program: string;
  /** From "lookAtSources". */
  readonly access: readonly SourceAccess[];
}

/** A file that is to lie on this machine, and what for. */
export interface UnitFile {
  readonly path: string;
  readonly text: string;
  readonly reason: string;
}

/** Kedge's own unit, and the one that units of the application wait for. */
export const ownUnit = 'kedge.service';
export const guardUnit = 'kedge-guard.service';

export const unitFolder = '/etc/systemd/system';
