import type { Job, Progress } from '../../protocol/domain/job.ts';
import type { Session } from '../store/session.ts';
import { throwUnlessDone, waitForJob } from '../store/wait-for-job.ts';
import type { CommandContext } from './command.ts';

/** How commands talk with a person; the command line and the workbench each have theirs. */
export interface Interaction {
  readonly show: CommandContext['show'];
  readonly ask: CommandContext['ask'];
  readonly askSecret: CommandContext['askSecret'];
  readonly editText: CommandContext['editText'];
  /** Shows a job while it is waited for. */
  readonly onJob: (job: Job) => void;
  /** Shows what works in this program itself. */
  readonly onProgress: (progress: Progress) => void;
  readonly note: (line: string) => void;
  /** Absent: nothing is shown on and on here. */
  readonly emit?: CommandContext['emit'];
}

export function createContext(
  session: Session,
  interaction: Interaction,
  signal: AbortSignal,
): CommandContext {
  return {
    call: session.call,
    overLinks: session.client.overLinks,
    store: session.store,
    signal,
    watch: async (act) => await act(interaction.onProgress),
    note: interaction.note,
    show: interaction.show,
    emit: interaction.emit ?? (() => undefined),
    ask: interaction.ask,
    askSecret: interaction.askSecret,
    editText: interaction.editText,
    followJob: async (job) =>
      throwUnlessDone(await waitForJob(session, job, interaction.onJob, signal)),
    now: Date.now,
  };
}
