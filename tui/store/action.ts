/** A command to run, as data: keys, menus, clicks and dialog buttons all carry one. */
export interface Action {
  readonly command: string;
  readonly args?: ActionArgs;
}

export type ActionArgs = Readonly<Record<string, unknown>>;
