/** A terminal to give to Ink that takes everything and shows nothing: the screen driver writes instead. */
export function silentOutput(output: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (_chunk: unknown, ...rest: readonly unknown[]): boolean => {
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
  return new Proxy(output, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
