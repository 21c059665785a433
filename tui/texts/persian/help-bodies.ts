import type { HelpBodies } from '../help-bodies.ts';
import { alarms } from './help/alarms.ts';
import { backup } from './help/backup.ts';
import { databases } from './help/databases.ts';
import { destinations } from './help/destinations.ts';
import { encryption } from './help/encryption.ts';
import { exitCodes } from './help/exit-codes.ts';
import { files } from './help/files.ts';
import { gettingStarted } from './help/getting-started.ts';
import { install } from './help/install.ts';
import { keys } from './help/keys.ts';
import { recover } from './help/recover.ts';
import { remote } from './help/remote.ts';
import { restore } from './help/restore.ts';
import { retention } from './help/retention.ts';
import { schedules } from './help/schedules.ts';
import { services } from './help/services.ts';
import { troubleshooting } from './help/troubleshooting.ts';

export const helpBodies: HelpBodies = {
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
};
