import type { Job } from '../../protocol/domain/job.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import type { Arguments, Command, CommandContext, CommandOutcome } from '../commands/command.ts';
import { createContext } from '../commands/create-context.ts';
import { resultLines } from '../commands/report/job-lines.ts';
import { editInEditor } from '../host/editor.ts';
import type { Session } from '../store/session.ts';
import { throwUnlessDone } from '../store/wait-for-job.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { followJob } from './follow-job.ts';
import { jobExitCode } from './job-exit.ts';
import { createJobReporter } from './job-reporter.ts';
import type { Output } from './output.ts';
import type { Globals } from './parsed.ts';
import type { Terminal } from './terminal.ts';

export interface Run {
  readonly session: Session;
  readonly terminal: Terminal;
  readonly output: Output;
  readonly globals: Globals;
  readonly signal: AbortSignal;
}

/** Runs a command in a session, prints what comes of it, and answers with the exit code. */
export async function runCommand(run: Run, command: Command, args: Arguments): Promise<number> {
  const outcome = await command.run(contextOf(run), args);
  if (outcome.kind === 'data') {
    run.output.result(outcome.data, outcome.lines);
    return outcome.exit ?? 0;
  }
  return run.globals.wait ? await endOfJob(run, outcome) : await detachedJob(run, outcome.job);
}

type JobOutcome = Extract<CommandOutcome, { kind: 'job' }>;

async function endOfJob(run: Run, { job: id, report }: JobOutcome): Promise<number> {
  const job = await follow(run, id);
  if (job.state.kind !== 'done') reportBadEnd(run, job);
  else if (report === undefined)
    run.output.result({ job }, resultLines(job.state.result, run.session.store.get().server));
  else {
    const { data, lines, list } = await report(job, run.output.json);
    if (list === undefined) run.output.result(data, lines);
    else await run.output.list(data, list.key, list.pages);
  }
  return jobExitCode(job);
}

export function reportBadEnd(run: Run, job: Job): void {
  try {
    throwUnlessDone(job);
  } catch (error) {
    run.output.failure(error, { job });
  }
}

async function detachedJob(run: Run, id: number): Promise<number> {
  const { job } = await run.session.call(jobShow, { job: id }, run.signal);
  run.output.result({ job }, [String(id)]);
  if (run.terminal.stderrIsTty) run.output.note(cliTexts.detached(id));
  return 0;
}

export function contextOf(run: Run): CommandContext {
  const { session, terminal, output, signal } = run;
  const interaction = {
    show: output.show,
    emit: output.emit,
    ask: (question: string) => terminal.ask(question, signal),
    askSecret: async (question: string, from?: 'terminal') =>
      terminal.stdinIsTty || from === undefined
        ? await terminal.askSecret(question, signal)
        : undefined,
    editText: async (text: string, fileName: string) => {
      if (terminal.stdinIsTty && terminal.stdoutIsTty)
        return await editInEditor(text, fileName, (editor) => editor());
      const why = cliTexts.editorNeedsTerminal;
      throw new KedgeError('unavailable', { what: 'an editor', why });
    },
    onJob: () => undefined,
    onProgress: () => undefined,
    note: output.note,
  };
  return {
    ...createContext(session, interaction, signal),
    followJob: async (id) => throwUnlessDone(await follow(run, id)),
    watch: async (act) => {
      using reporter = createJobReporter(terminal, output.json);
      return await act(reporter.onProgress);
    },
  };
}

export async function follow(run: Run, id: number): Promise<Job> {
  const { session, terminal, output, signal } = run;
  return await followJob(session, id, { terminal, quiet: output.json, signal });
}
