import { quoteForShell } from '../texts/quote-for-shell.ts';

/** Command lines of this window as they are for a shell of this machine: they go where the window goes. */
export function forServer(text: string, server: string | undefined): string {
  if (server === undefined) return text;
  return text.replaceAll(/^kedge (?!--server )/gm, `kedge --server ${quoteForShell(server)} `);
}
