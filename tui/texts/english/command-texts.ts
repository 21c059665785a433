import { alarmCommandTexts } from './command-words/alarm-command-texts.ts';
import { backupCommandTexts } from './command-words/backup-command-texts.ts';
import { checkpointCommandTexts } from './command-words/checkpoint-command-texts.ts';
import { configCommandTexts } from './command-words/config-command-texts.ts';
import { helpCommandTexts } from './command-words/help-command-texts.ts';
import { jobCommandTexts } from './command-words/job-command-texts.ts';
import { keyCommandTexts } from './command-words/key-command-texts.ts';
import { peopleCommandTexts } from './command-words/people-command-texts.ts';
import { reportCommandTexts } from './command-words/report-command-texts.ts';
import { restoreCommandTexts } from './command-words/restore-command-texts.ts';
import { retentionCommandTexts } from './command-words/retention-command-texts.ts';
import { scheduleCommandTexts } from './command-words/schedule-command-texts.ts';
import { serverCommandTexts } from './command-words/server-command-texts.ts';
import { serviceCommandTexts } from './command-words/service-command-texts.ts';
import { setupCommandTexts } from './command-words/setup-command-texts.ts';
import { spaceCommandTexts } from './command-words/space-command-texts.ts';

export type { CommandTexts } from './command-words/shared-command-texts.ts';

export const commandTexts = {
  ...setupCommandTexts,
  ...reportCommandTexts,
  ...backupCommandTexts,
  ...keyCommandTexts,
  ...restoreCommandTexts,
  ...checkpointCommandTexts,
  ...scheduleCommandTexts,
  ...retentionCommandTexts,
  ...spaceCommandTexts,
  ...alarmCommandTexts,
  ...serviceCommandTexts,
  ...jobCommandTexts,
  ...configCommandTexts,
  ...serverCommandTexts,
  ...peopleCommandTexts,
  ...helpCommandTexts,
} as const;

export type CommandId = keyof typeof commandTexts;
