import type { Person } from '../../protocol/domain/person.ts';

/** Who has the interface open, as long as their connection lasts. */
export interface Presence {
  /** Number of a new session. */
  enter(): number;
  /** The same session again: another screen is in front. */
  look(person: Omit<Person, 'sinceMs'>): void;
  leave(session: number): void;
  people(): readonly Person[];
  [Symbol.dispose](): void;
}

/** Somebody who runs through the screens is told of when they stand still. */
const settleMs = 200;

export function createPresence(
  publish: (people: readonly Person[]) => void,
  now: () => number,
): Presence {
  const present = new Map<number, Person>();
  let told = '[]';
  let last = 0;
  let timer: NodeJS.Timeout | undefined;
  const people = (): readonly Person[] => [...present.values()];
  const tell = (): void => {
    timer = undefined;
    const said = JSON.stringify(people());
    if (said === told) return;
    told = said;
    publish(people());
  };
  const changed = (): void => {
    timer ??= setTimeout(tell, settleMs).unref();
  };
  return {
    enter: () => ++last,
    look(person) {
      const sinceMs = present.get(person.session)?.sinceMs ?? now();
      present.set(person.session, { ...person, sinceMs });
      changed();
    },
    leave(session) {
      if (present.delete(session)) changed();
    },
    people,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
