/** One line on standard output, which the process manager keeps. */
export function log(text: string): void {
  console.log(`${new Date().toISOString()} ${text}`);
}
