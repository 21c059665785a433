/** Words of a command line that is nothing but the relay, as ssh runs it; undefined: it is another one. */
export function relayWords(argv: readonly string[]): { readonly socket?: string } | undefined {
  const [command, option, socket, ...more] = argv;
  if (command !== 'relay' || more.length > 0) return undefined;
  if (option === undefined) return {};
  return option === '--socket' && socket !== undefined && socket !== '' ? { socket } : undefined;
}
