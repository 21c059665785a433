/** The workbench on a terminal. */
export interface Window {
  /** Shows now what would be shown within the next moment. */
  flush(): void;
  /** Shows everything anew. */
  redraw(): void;
  /** Gives the terminal away until the callback is done. */
  suspend(callback: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
