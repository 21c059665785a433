/** An operation that changes the disk, about to happen. */
export interface DiskOperation {
  readonly name: string;
  readonly path: string;
}

type FaultHook = (operation: DiskOperation) => void;

let hook: FaultHook | undefined;

/** Tests count operations with it, make one fail, or "crash" at one and refuse all later ones. */
export function setFaultHook(next: FaultHook | undefined): void {
  hook = next;
}

/** Called before every operation of `agent/os` that changes the disk. */
export function beforeOperation(name: string, path: string): void {
  hook?.({ name, path });
}
