/** Keeps a lane of jobs empty while something is done beside them. */
export interface LaneHold {
  isHeld(): boolean;
  /** Settles when what is at work has ended. `goOn` starts what waited meanwhile. */
  take(atWork: Promise<void> | undefined, goOn: () => void): Promise<Disposable>;
}

export function createLaneHold(): LaneHold {
  let held = 0;
  return {
    isHeld: () => held > 0,
    async take(atWork, goOn) {
      held++;
      await atWork;
      return {
        [Symbol.dispose]() {
          held--;
          goOn();
        },
      };
    },
  };
}
