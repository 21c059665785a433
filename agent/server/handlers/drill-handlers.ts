import { drillRun } from '../../../protocol/methods/drill.ts';
import { demandForBackup } from '../guest-paths.ts';
import { refuseAway } from '../refuse-away.ts';
import { submitDrill } from '../submit-drill.ts';
import { handle } from './handler.ts';

export const drillHandlers = [
  handle(drillRun, async (daemon, { backup: reference, probe = true, secrets }, _signal, asker) => {
    demandForBackup(asker, reference, daemon);
    const backup = await refuseAway(await daemon.backups.resolve(reference, secrets));
    const shown = reference.kind === 'path' ? { shown: `'${reference.path}'` } : {};
    return { job: submitDrill(daemon, backup, { probe, origin: 'manual', secrets, ...shown }).id };
  }),
];
