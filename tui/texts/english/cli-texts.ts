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
    ['--server SERVER', 'by ssh: [user@]host[:port], or a name of "kedge server list"'],
    ['--remote-kedge COMMAND', 'how kedge is called on the server, such as "sudo -n kedge"'],
    ['--ssh-option OPTION', 'an option for ssh -o, such as Port=2222; may be repeated'],
    ['--no-color', 'no colours, as with NO_COLOR'],
    ['--help, -h', 'this help'],
  ],
  noWindow:
    'prints text; options of the terminal interface, such as --theme, are for "kedge" and "kedge demo"',
  window: 'Options of the terminal interface (kedge, kedge demo)',
  windowOptions: [
    ['--theme NAME', 'terminal (its own 16 colours), dark, light or high-contrast'],
    [
      '--language CODE',
      'of the screens: en, de or fa, else as KEDGE_LANGUAGE, the settings or the system say',
    ],
    ['--ascii', 'plain signs only'],
    ['--screen-reader', 'lines to be read aloud instead of a screen; also INK_SCREEN_READER=true'],
    ['--reduced-motion', 'what moves by itself changes every two seconds at most'],
    ['--no-mouse', 'clicks and wheel are left to the terminal'],
    ['--read-only', 'everything is shown, nothing is changed or started'],
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
  onlyWithServer: 'means nothing without --server',
  notOverSsh: 'works on the server itself only: log in there',
  wholePath: 'is a path on the server: write it whole, from "/" on',
  ssh: {
    noSsh: 'there is no ssh in PATH; install it (apt install openssh-client)',
    noAnswer: 'no answer in 40 s',
    ended: 'ssh ended without a word',
    endedWith: (code: number): string => `the command there ended with status ${code}`,
    noKedge: (command: string, told: string): string => `"${command}" can't be run there (${told})`,
    noRelay: 'what answers there is no relay of this Kedge; use the same version on both sides',
  },
  server: {
    badName: 'a name is made of letters, digits, ".", "_" and "-"',
    columns: ['SERVER', 'ADDRESS', 'MORE'],
    none: 'The list of servers is empty. "kedge server add NAME [user@]host" puts one into it.',
    added: (name: string): string => `"kedge --server ${name}" goes there now.`,
    removed: (name: string): string => `"${name}" is not in the list any more.`,
    facts: { address: 'Address', kedge: 'Kedge', options: 'ssh -o', socket: 'Socket' },
  },
  relay: {
    forPrograms: 'ssh runs it on a server for "kedge --server"; in a terminal it is of no use',
  },
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
  stoppedAgain: 'Kedge was stopped again: it protects nothing yet.',
  endedAtOnce: 'it ended at once',
  notReady: (seconds: number): string => `it was not ready after ${seconds} s`,
} as const;
