/** `exit`: exit code of the command line (0 ok .. 130 cancelled); `hint`: what the admin can do. */
export interface FailureWords {
  readonly exit: number;
  readonly message: string;
  readonly hint?: string;
}

export function words(exit: number, message: string, hint?: string): FailureWords {
  return hint === undefined ? { exit, message } : { exit, message, hint };
}
