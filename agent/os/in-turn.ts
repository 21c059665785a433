/** Lets acts run one after the other, in the order in which they came; a failure holds nobody up. */
export function inTurn(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (act) => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return await turn;
  };
}
