import { keepCompiled } from './host/keep-compiled.ts';

// First, and all else is imported after it: only what is loaded from then on is kept.
keepCompiled(process.env);
const [, , first, ...rest] = process.argv;
if (first === '__complete') {
  // A shell asks at the press of Tab: nothing of the command line is loaded.
  const { completeNames } = await import('./cli/completion/complete-names.ts');
  process.stdout.write(await completeNames(rest, process.env));
  process.exit(0);
}
const words = process.argv.slice(2);
const { relayWords } = await import('./cli/relay-words.ts');
const relay = relayWords(words);
process.exitCode = relay === undefined ? await runCommandLine() : await runRelay(relay.socket);

/** Every connection by ssh waits for it: it loads next to nothing. */
async function runRelay(socket: string | undefined): Promise<number> {
  const { runRelayOnPipes } = await import('./cli/relay.ts');
  return await runRelayOnPipes(socket, process);
}

async function runCommandLine(): Promise<number> {
  const [{ processTerminal }, { runCli }] = await Promise.all([
    import('./cli/process-terminal.ts'),
    import('./cli/run-cli.ts'),
  ]);
  // Loaded only when it is opened: Ink and React take longer to start than most commands take to run.
  const terminal = processTerminal(async (options) => {
    const { openWorkbench } = await import('./workbench/open-workbench.ts');
    return await openWorkbench(options);
  });
  return await runCli(words, terminal);
}
