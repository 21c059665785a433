export const tourTexts = {
  noTerminal: 'This is no terminal, so the tour runs as text.',
  step: (n: number, title: string): string => `${n}. ${title}`,
  titles: {
    up: 'The demo clinic is up',
    full: 'Full backup while the clinic writes',
    verify: 'Verify it: every frame read and hashed',
    plan: 'Plan a restore; nothing is touched',
    damage: 'Accidents',
    restore: 'Restore',
    undo: 'Undo the restore',
    reset: 'Reset all services, in order of dependency',
  },
  services: (list: string): string => `services: ${list}`,
  backup: (file: string, size: string, content: string, seconds: string): string =>
    `${file}: ${size} for ${content} of content, in ${seconds}`,
  outcome: (outcome: string): string => outcome,
  sha256: (sha256: string): string => `SHA-256 ${sha256}`,
  verified: (frames: string, members: string, seconds: string): string =>
    `${frames} frames, ${members} members, integrity ok, in ${seconds}`,
  table: (table: string, now: string, then: string): string =>
    `table ${table}: ${now} rows now, ${then} in the backup`,
  files: (source: string, changed: string, newer: string, deleted: string): string =>
    `files of ${source}: ${changed} changed, ${newer} new, ${deleted} deleted since`,
  filesDeleted: (count: string): string => `${count} deleted`,
  file: (name: string): string => `file ${name}`,
  seen: (what: string): string => `the plan now sees the damage: ${what}`,
  notSeen: 'the plan does not see what the accidents did',
  restored: (downtime: string): string => `restored, downtime ${downtime}`,
  proven: 'a new plan finds every row and the overwritten upload in place',
  notProven: (what: string): string => `something is still missing after the restore: ${what}`,
  undone: (downtime: string): string => `what was live before is back, downtime ${downtime}`,
  reset: (service: string, action: string, seconds: string): string =>
    `${action} ${service}: ${seconds}`,
  done: (seconds: string): string => `The tour is over: everything worked, in ${seconds}.`,
  failed: (title: string): string => `The tour failed at "${title}".`,
  unexpected: (what: string, got: string): string => `${what}: ${got}`,
} as const;
