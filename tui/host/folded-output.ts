const nextLine = '\u001B[E';
const runs = new RegExp(`(?:${nextLine.replace('[', String.raw`\[`)}){2,}`, 'g');

/** Runs of "go to the next line" as one with a count: a third of the bytes of a keystroke. */
export function foldNextLines(text: string): string {
  return text.replaceAll(runs, (run) => `\u001B[${run.length / nextLine.length}E`);
}

/** A terminal to give to Ink, which steps over each unchanged row by a sequence of its own. */
export function foldedOutput(output: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (chunk: string | Uint8Array, ...rest: []): boolean =>
    output.write(typeof chunk === 'string' ? foldNextLines(chunk) : chunk, ...rest);
  return new Proxy(output, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
