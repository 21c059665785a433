import { alarmHandlers } from './alarm-handlers.ts';
import { auditHandlers } from './audit-handlers.ts';
import { backupHandlers } from './backup-handlers.ts';
import { calendarHandlers } from './calendar-handlers.ts';
import { chainHandlers } from './chain-handlers.ts';
import { checkpointHandlers } from './checkpoint-handlers.ts';
import { clientHandlers } from './client-handlers.ts';
import { configHandlers } from './config-handlers.ts';
import { copyHandlers } from './copy-handlers.ts';
import { doctorHandlers } from './doctor-handlers.ts';
import { drillHandlers } from './drill-handlers.ts';
import type { Handler } from './handler.ts';
import { jobHandlers } from './job-handlers.ts';
import { keyHandlers } from './key-handlers.ts';
import { momentHandlers } from './moment-handlers.ts';
import { pinHandlers } from './pin-handlers.ts';
import { recoverHandlers } from './recover-handlers.ts';
import { recoveryHandlers } from './recovery-handlers.ts';
import { reportHandlers } from './report-handlers.ts';
import { restoreHandlers } from './restore-handlers.ts';
import { retentionHandlers } from './retention-handlers.ts';
import { salvageHandlers } from './salvage-handlers.ts';
import { scheduleHandlers } from './schedule-handlers.ts';
import { serviceHandlers } from './service-handlers.ts';
import { sessionHandlers } from './session-handlers.ts';
import { setupHandlers } from './setup-handlers.ts';
import { spaceHandlers } from './space-handlers.ts';
import { storeHandlers } from './store-handlers.ts';
import { supportHandlers } from './support-handlers.ts';
import { undoHandlers } from './undo-handlers.ts';

/** All methods that are answered once a session is open, by name. */
export const handlers: ReadonlyMap<string, Handler> = new Map(
  [
    sessionHandlers,
    backupHandlers,
    pinHandlers,
    copyHandlers,
    storeHandlers,
    checkpointHandlers,
    drillHandlers,
    chainHandlers,
    salvageHandlers,
    recoverHandlers,
    recoveryHandlers,
    restoreHandlers,
    momentHandlers,
    undoHandlers,
    scheduleHandlers,
    alarmHandlers,
    retentionHandlers,
    calendarHandlers,
    spaceHandlers,
    serviceHandlers,
    clientHandlers,
    jobHandlers,
    configHandlers,
    setupHandlers,
    keyHandlers,
    reportHandlers,
    doctorHandlers,
    supportHandlers,
    auditHandlers,
  ]
    .flat()
    .map((handler) => [handler.method.name, handler]),
);
