import { alarms } from './help/alarms.ts';
import { backup } from './help/backup.ts';
import { databases } from './help/databases.ts';
import { destinations } from './help/destinations.ts';
import { encryption } from './help/encryption.ts';
import { exitCodes } from './help/exit-codes.ts';
import { files } from './help/files.ts';
import { gettingStarted } from './help/getting-started.ts';
import type { HelpTopicText } from './help/help-topic.ts';
import { install } from './help/install.ts';
import { keys } from './help/keys.ts';
import { recover } from './help/recover.ts';
import { remote } from './help/remote.ts';
import { restore } from './help/restore.ts';
import { retention } from './help/retention.ts';
import { schedules } from './help/schedules.ts';
import { services } from './help/services.ts';
import { troubleshooting } from './help/troubleshooting.ts';

/** Pages of the help, in the order in which they are listed. */
export const helpTopicTexts = {
  'getting-started': gettingStarted,
  backup,
  schedules,
  restore,
  recover,
  services,
  databases,
  encryption,
  destinations,
  retention,
  alarms,
  install,
  keys,
  files,
  'exit-codes': exitCodes,
  remote,
  troubleshooting,
} as const satisfies Record<string, HelpTopicText>;

export const helpTexts = {
  group: 'Help',
  topics: 'Topics',
  titles: {
    'getting-started': gettingStarted.title,
    backup: backup.title,
    schedules: schedules.title,
    restore: restore.title,
    recover: recover.title,
    services: services.title,
    databases: databases.title,
    encryption: encryption.title,
    destinations: destinations.title,
    retention: retention.title,
    alarms: alarms.title,
    install: install.title,
    keys: keys.title,
    files: files.title,
    'exit-codes': exitCodes.title,
    remote: remote.title,
    troubleshooting: troubleshooting.title,
  },
  readAlso: (topic: string): string => `Read also:  kedge help ${topic}`,
  commands: 'Commands',
  noTopic: 'there is no such topic or command; "kedge help" lists them',
  didYouMean: (suggestion: string): string =>
    `there is no such topic or command. Did you mean "kedge help ${suggestion}"?`,
  scroll: 'Up and Down, PgUp and PgDn scroll   Esc closes',
  back: 'close',
} as const;
