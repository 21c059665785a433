import type { Group } from './bench.ts';
import { agent } from './groups/agent.ts';
import { catalogue } from './groups/catalogue.ts';
import { differential } from './groups/differential.ts';
import { extract } from './groups/extract.ts';
import { full } from './groups/full.ts';
import { growth } from './groups/growth.ts';
import { mariadb } from './groups/mariadb.ts';
import { postgres } from './groups/postgres.ts';
import { reset } from './groups/reset.ts';
import { restore } from './groups/restore.ts';
import { tui } from './groups/tui.ts';
import { verify } from './groups/verify.ts';

/** All groups, in the order in which they run. Those that change the data come after those that only read it. */
export const groups = {
  full,
  verify,
  restore,
  differential,
  extract,
  growth,
  agent,
  catalogue,
  tui,
  reset,
  postgres,
  mariadb,
} as const satisfies Record<string, Group>;

export type GroupName = keyof typeof groups;

export const groupNames: readonly GroupName[] = [
  'full',
  'verify',
  'restore',
  'differential',
  'extract',
  'growth',
  'agent',
  'catalogue',
  'tui',
  'reset',
  'postgres',
  'mariadb',
];

export function isGroupName(name: string): name is GroupName {
  return Object.hasOwn(groups, name);
}
