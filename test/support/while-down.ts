import { setFaultHook } from '../../agent/os/faults.ts';
import type { FakeServices } from './fake-service-control.ts';

interface Stopped {
  readonly services: FakeServices;
  readonly stateFolder: string;
}

/**
 * What some work answers, and the operations on the data of its application from when the first service is stopped
 * until one is started: each once, as a server may be asked again, and those that end a rename every time.
 */
export async function whileDown<T>(
  { services, stateFolder }: Stopped,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly operations: readonly string[] }> {
  const operations: string[] = [];
  let isDown = false;
  services.before = (act) => {
    if (act !== 'status') isDown = act.startsWith('stop');
  };
  setFaultHook(({ name, path }) => {
    // Kedge's own journal and guard are a few small writes.
    if (!isDown || path.startsWith(stateFolder)) return;
    if (name.startsWith('renamed') || !operations.includes(name)) operations.push(name);
  });
  try {
    return { result: await work(), operations };
  } finally {
    setFaultHook(undefined);
    services.before = () => {};
  }
}
