import { closeSync, fstatSync } from 'node:fs';

interface Held {
  readonly descriptors: number[];
  holders: number;
}

/**
 * Files of whose locks this process must lose none. Closing any descriptor of a file drops all POSIX locks
 * that the process has on it, so what is opened beside a lock may only be closed after it.
 */
const held = new Map<string, Held>();

/** Keeps descriptors, which it owns from now on, open for as long as anybody holds the same files. */
export function holdFiles(descriptors: readonly number[]): Disposable {
  const keys = descriptors.map((descriptor) => {
    const key = keyOf(descriptor);
    const file = held.get(key) ?? { descriptors: [], holders: 0 };
    file.descriptors.push(descriptor);
    file.holders += 1;
    held.set(key, file);
    return key;
  });
  return { [Symbol.dispose]: () => void keys.splice(0).forEach(release) };
}

/** Closes a descriptor, now or when the file is held no more. */
export function closeUnlessHeld(descriptor: number): void {
  const file = held.size === 0 ? undefined : held.get(keyOf(descriptor));
  if (file === undefined) closeSync(descriptor);
  else file.descriptors.push(descriptor);
}

function release(key: string): void {
  const file = held.get(key);
  if (file === undefined) return;
  file.holders -= 1;
  if (file.holders > 0) return;
  held.delete(key);
  for (const descriptor of file.descriptors) closeSync(descriptor);
}

function keyOf(descriptor: number): string {
  const { dev, ino } = fstatSync(descriptor, { bigint: true });
  return `${dev}:${ino}`;
}
