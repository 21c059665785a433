import { formatBytes } from '../bytes.ts';

export const cliTexts = {
  tagline: 'Backs up, restores and gets running again the application on this server.',
  usage: 'Usage',
  commands: 'Commands',
  arguments: 'Arguments',
  options: 'Options',
  examples: 'Examples',
  alsoInGroup: 'Also',
  everywhere: 'Options of every command',
  globalOptions: [
    ['--json', 'print one JSON value instead of text'],
    ['--socket PATH', 'the socket of the Kedge to talk to'],
    ['--no-color', 'no colours, as with NO_COLOR'],
    ['--help, -h', 'this help'],
  ],
  jobOptions: [['--detach', 'print the number of the job and do not wait for it (--wait=false)']],
  bare: ['kedge', 'open the terminal interface'],
  daemon: ['kedge daemon', "run Kedge's daemon in the foreground"],
  exitCodes:
    'Exit codes: 0 ok, 1 failed, 2 usage, 3 complete with named gaps, 4 Kedge unreachable, 5 refused, 6 not found, ' +
    '7 busy or timed out, 8 damaged archive, 9 rolled back, 10 no space, 130 cancelled',
  moreHelp: 'More on a command:  kedge COMMAND --help',
  choices: (list: readonly string[]): string => `one of: ${list.join(', ')}`,
  unknownCommand: 'there is no such command',
  didYouMean: (suggestion: string): string =>
    `there is no such command. Did you mean "${suggestion}"?`,
  unknownOption: 'there is no such option',
  didYouMeanOption: (suggestion: string): string =>
    `there is no such option. Did you mean "${suggestion}"?`,
  optionNeedsValue: 'needs a value',
  optionTakesNone: 'takes no value',
  optionTwice: 'was given more than once',
  tooMany: 'this is one word too many',
  missing: (usage: string): string => `missing. Usage: ${usage}`,
  notANumber: 'this is not a number',
  noTerminal: {
    why: 'the terminal interface needs a terminal, and this is none',
    dumb: 'the terminal interface needs a terminal that can place its cursor, and TERM is "dumb"',
    hint: 'These commands work everywhere:',
  },
  editorNeedsTerminal: 'this is not a terminal',
  follow: {
    asksToStop: (job: number): string =>
      `Asking job ${job} to stop. Ctrl+C once more leaves it running.`,
    goesOn: (job: number): string =>
      `Job ${job} goes on without this terminal. Follow it with:  kedge job show ${job} --follow`,
    asks: (service: string, seconds: number, job: number, answers: string): string =>
      `"${service}" has not stopped for ${seconds} s. Answer elsewhere with:  kedge service answer ${job} ${answers}`,
    killTyped: (job: number, service: string): string =>
      `It holds a database, so a kill wants its name:  kedge service answer ${job} kill --confirm ${service}`,
    connectionLost: 'The connection to Kedge is lost; the job goes on. Trying again.',
    connectionBack: 'The connection is back.',
    steps: (done: number, total: number) => `${done} of ${total}`,
    bytes: (done: number, total: number): string =>
      total === 0 ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`,
    queued: 'waiting for its turn',
  },
  detached: (job: number): string => `Follow it with:  kedge job show ${job} --follow`,
  startsKedge: 'Starting Kedge.',
  endedAtOnce: (log: string, lastLine: string): string =>
    `it ended while starting: ${lastLine} (see ${log})`,
  notReady: (seconds: number, log: string): string =>
    `it was not ready after ${seconds} s (see ${log})`,
} as const;
