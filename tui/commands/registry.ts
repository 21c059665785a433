import { alarmAcknowledgeCommand } from './alarm/acknowledge.ts';
import { alarmListCommand } from './alarm/list.ts';
import { alarmTestCommand } from './alarm/test.ts';
import { auditListCommand } from './audit/list.ts';
import { backupBrowseCommand } from './backup/browse.ts';
import { backupConsolidateCommand } from './backup/consolidate.ts';
import { backupCopyCommand } from './backup/copy.ts';
import { backupCreateCommand } from './backup/create.ts';
import { backupDeleteCommand } from './backup/delete.ts';
import { backupDiffCommand } from './backup/diff.ts';
import { backupDownloadCommand } from './backup/download.ts';
import { backupExtractCommand } from './backup/extract.ts';
import { backupImportCommand } from './backup/import.ts';
import { backupListCommand } from './backup/list.ts';
import { backupMoveCommand } from './backup/move.ts';
import { backupPinCommand } from './backup/pin.ts';
import { backupRowsCommand } from './backup/rows.ts';
import { backupSalvageCommand } from './backup/salvage.ts';
import { backupShowCommand } from './backup/show.ts';
import { backupUnpinCommand } from './backup/unpin.ts';
import { backupUploadCommand } from './backup/upload.ts';
import { backupVerifyCommand } from './backup/verify.ts';
import { calendarCommand } from './calendar/read.ts';
import { checkpointCommand } from './checkpoint/create.ts';
import { checkpointListCommand } from './checkpoint/list.ts';
import type { Command } from './command.ts';
import { configCheckCommand } from './config/check.ts';
import { configEditCommand } from './config/edit.ts';
import { demoAccidentCommand } from './demo/accident.ts';
import { demoCommand } from './demo/start.ts';
import { demoStopCommand } from './demo/stop.ts';
import { destinationPrepareCommand } from './destination/prepare.ts';
import { doctorCommand } from './doctor/run.ts';
import { drillCommand } from './drill/run.ts';
import { completionCommand } from './help/completion.ts';
import { helpCommand } from './help/read.ts';
import { installationCopyCommand, installationMovedCommand } from './installation/answer.ts';
import { jobCancelCommand, jobRetryCommand } from './job/change.ts';
import { jobListCommand, jobLogCommand, jobShowCommand } from './job/read.ts';
import { keyCheckCommand } from './key/check.ts';
import { keyCreateCommand } from './key/create.ts';
import { keyStatusCommand } from './key/status.ts';
import { recoveryGiveUpCommand } from './recovery/give-up.ts';
import { recoveryListCommand } from './recovery/list.ts';
import { metricsCommand } from './report/metrics.ts';
import { reportCommand } from './report/read.ts';
import { restorePlanCommand } from './restore/plan.ts';
import { restoreRunCommand } from './restore/run.ts';
import { retentionPreviewCommand } from './retention/preview.ts';
import { retentionRunCommand } from './retention/run.ts';
import {
  schedulePauseCommand,
  scheduleRemoveCommand,
  scheduleResumeCommand,
  scheduleRunCommand,
} from './schedule/change.ts';
import { scheduleListCommand } from './schedule/list.ts';
import { schedulePreviewCommand, scheduleSetCommand } from './schedule/set.ts';
import { scheduleShowCommand } from './schedule/show.ts';
import { scheduleSkipCommand, scheduleUnskipCommand } from './schedule/skip.ts';
import {
  relayCommand,
  serverAddCommand,
  serverListCommand,
  serverRemoveCommand,
} from './server/server.ts';
import { serviceAnswerCommand } from './service/answer.ts';
import {
  serviceClientsCommand,
  serviceLetInCommand,
  serviceShutOutCommand,
} from './service/clients.ts';
import {
  serviceRestartCommand,
  serviceStartCommand,
  serviceStopCommand,
} from './service/control.ts';
import { serviceHistoryCommand } from './service/history.ts';
import { serviceListCommand } from './service/list.ts';
import { serviceLogsCommand } from './service/logs.ts';
import { serviceResetCommand } from './service/reset.ts';
import { initCommand } from './setup/init.ts';
import { installCommand, uninstallCommand } from './setup/install.ts';
import { recoverCommand } from './setup/recover.ts';
import { spaceClearCommand } from './space/clear.ts';
import { spaceCommand } from './space/read.ts';
import { statusCommand } from './status.ts';
import { supportCommand } from './support/create.ts';
import { trashEmptyCommand } from './trash/empty.ts';
import { trashListCommand } from './trash/list.ts';
import { trashRestoreCommand } from './trash/restore.ts';
import { undoListCommand } from './undo/list.ts';
import { undoPinCommand, undoUnpinCommand } from './undo/pin.ts';
import { undoRemoveCommand } from './undo/remove.ts';
import { undoRunCommand } from './undo/run.ts';
import { undoShowCommand } from './undo/show.ts';
import { whoCommand } from './who.ts';

/** Every product command, in the order of the help. */
export const productCommands: readonly Command[] = [
  initCommand,
  recoverCommand,
  installCommand,
  uninstallCommand,
  statusCommand,
  doctorCommand,
  supportCommand,
  reportCommand,
  metricsCommand,
  backupCreateCommand,
  backupListCommand,
  backupShowCommand,
  backupBrowseCommand,
  backupRowsCommand,
  backupExtractCommand,
  backupSalvageCommand,
  backupVerifyCommand,
  backupConsolidateCommand,
  backupDiffCommand,
  backupDownloadCommand,
  backupUploadCommand,
  backupCopyCommand,
  backupMoveCommand,
  backupImportCommand,
  backupPinCommand,
  backupUnpinCommand,
  backupDeleteCommand,
  checkpointCommand,
  checkpointListCommand,
  drillCommand,
  restorePlanCommand,
  restoreRunCommand,
  undoListCommand,
  undoShowCommand,
  undoRunCommand,
  undoPinCommand,
  undoUnpinCommand,
  undoRemoveCommand,
  recoveryListCommand,
  recoveryGiveUpCommand,
  scheduleListCommand,
  scheduleShowCommand,
  schedulePreviewCommand,
  scheduleSetCommand,
  schedulePauseCommand,
  scheduleResumeCommand,
  scheduleRunCommand,
  scheduleSkipCommand,
  scheduleUnskipCommand,
  scheduleRemoveCommand,
  calendarCommand,
  retentionPreviewCommand,
  retentionRunCommand,
  trashListCommand,
  trashRestoreCommand,
  trashEmptyCommand,
  destinationPrepareCommand,
  spaceCommand,
  spaceClearCommand,
  alarmListCommand,
  alarmAcknowledgeCommand,
  alarmTestCommand,
  serviceListCommand,
  serviceHistoryCommand,
  serviceStartCommand,
  serviceStopCommand,
  serviceRestartCommand,
  serviceResetCommand,
  serviceAnswerCommand,
  serviceClientsCommand,
  serviceShutOutCommand,
  serviceLetInCommand,
  serviceLogsCommand,
  jobListCommand,
  jobShowCommand,
  jobCancelCommand,
  jobRetryCommand,
  jobLogCommand,
  keyStatusCommand,
  keyCreateCommand,
  keyCheckCommand,
  configCheckCommand,
  configEditCommand,
  auditListCommand,
  whoCommand,
  installationMovedCommand,
  installationCopyCommand,
  helpCommand,
  completionCommand,
  serverAddCommand,
  serverListCommand,
  serverRemoveCommand,
  relayCommand,
  demoCommand,
  demoAccidentCommand,
  demoStopCommand,
];

export function findCommand(id: string): Command | undefined {
  return productCommands.find((command) => command.id === id);
}
