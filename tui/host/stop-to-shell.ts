/**
 * Stops the whole foreground job, as Ctrl+Z does, and resolves after `fg`. The timer is needed: with
 * nothing else alive Node would exit on the way back.
 */
export async function stopToShell(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const keepAlive = setInterval(() => undefined, 60_000);
  process.once('SIGCONT', () => resolve());
  // 0: the process group, so that npm and the shell script in front of us stop too.
  process.kill(0, 'SIGTSTP');
  await promise;
  clearInterval(keepAlive);
}
