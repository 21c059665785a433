import { KedgeError } from '../../protocol/failures.ts';
import type { Arguments, Command } from '../commands/command.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { type DemoRun, runDemo } from './demo.ts';
import { runInstall } from './install.ts';
import { runRelay } from './relay.ts';
import { runServer } from './server.ts';

type Runner = (run: DemoRun, args: Arguments) => Promise<number>;

/** Commands that ask no Kedge that runs, by their ids. */
const runners: Readonly<Record<string, Runner>> = {
  demo: runDemo,
  install: async (run, args) => await runInstall(run, 'install', args),
  uninstall: async (run, args) => await runInstall(run, 'uninstall', args),
  relay: async ({ globals }) => await runRelay(globals.socket, process),
  'server.add': async (run, args) => runServer(run, 'add', args),
  'server.list': async (run, args) => runServer(run, 'list', args),
  'server.remove': async (run, args) => runServer(run, 'remove', args),
};

/** Runs a command that works on this machine by itself; undefined: it is for a Kedge. */
export async function runHere(
  run: DemoRun,
  command: Command,
  args: Arguments,
): Promise<number | undefined> {
  const runner = Object.hasOwn(runners, command.id) ? runners[command.id] : undefined;
  if (runner === undefined) return undefined;
  if (run.globals.server !== undefined) {
    const what = (command.cli ?? []).join(' ');
    throw new KedgeError('bad-argument', { what, problem: cliTexts.notOverSsh });
  }
  return await runner(run, args);
}
