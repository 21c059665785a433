import { backupCreate } from '../../../protocol/methods/backup.ts';
import { setupWrite } from '../../../protocol/methods/setup.ts';
import { initTexts } from '../../texts/english/init-texts.ts';
import { defineCommand } from '../define-command.ts';
import { verifyJobOf } from '../verify-job-of.ts';
import { initAnswers } from './init-answers.ts';

/** Few questions, a configuration, a first verified full. Ends in the job that verifies it. */
export const initCommand = defineCommand('init', {
  cli: ['init'],
  args: [
    { name: 'folder', kind: 'path', positional: true },
    { name: 'name', kind: 'text', placeholder: 'NAME' },
    { name: 'to', kind: 'path', placeholder: 'FOLDER' },
    { name: 'database', kind: 'path', many: true, placeholder: 'FILE' },
    { name: 'uploads', kind: 'path', many: true, placeholder: 'FOLDER' },
    { name: 'settings', kind: 'path', many: true, placeholder: 'FILE' },
    { name: 'nightly', kind: 'flag' },
    { name: 'zone', kind: 'text', placeholder: 'ZONE' },
    { name: 'yes', kind: 'flag' },
  ],
  danger: 'none',
  needs: 'nothing',
  startsJob: true,
  examples: [
    'kedge init',
    "kedge init /srv/clinic --name 'City Clinic' --to /var/backups/clinic --nightly --yes",
  ],
  async run(context, args) {
    if (context.store.get().snapshot?.demo !== undefined)
      return { kind: 'data', data: {}, lines: [initTexts.inDemo] };
    const answers = await initAnswers(context, args);
    const written = await context.call(setupWrite, answers, context.signal);
    context.show([
      initTexts.written(written.path),
      ...(written.sameDisk ? [initTexts.sameDisk] : []),
      initTexts.firstBackup,
    ]);
    const { job } = await context.call(backupCreate, {}, context.signal);
    const { state } = await context.followJob(job);
    if (state.kind !== 'done' || state.result.kind !== 'backup') return { kind: 'job', job };
    return { kind: 'job', job: await verifyJobOf(context, state.result.backup.id, job) };
  },
});
