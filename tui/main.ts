import { keepCompiled } from './host/keep-compiled.ts';

// First, and all else is imported after it: only what is loaded from then on is kept.
keepCompiled(process.env);
const [{ processTerminal }, { runCli }] = await Promise.all([
  import('./cli/process-terminal.ts'),
  import('./cli/run-cli.ts'),
]);

// Loaded only when it is opened: Ink and React take longer to start than most commands take to run.
const terminal = processTerminal(async (options) => {
  const { openWorkbench } = await import('./workbench/open-workbench.ts');
  return await openWorkbench(options);
});
process.exitCode = await runCli(process.argv.slice(2), terminal);
