/** Settings of the interface, by their names in settings.jsonc. `choices` where the value alone says too little. */
export interface PreferenceWords {
  readonly title: string;
  readonly summary: string;
  readonly choices?: Readonly<Record<string, string>>;
}

export const preferenceTexts = {
  theme: {
    title: 'Theme',
    summary: 'Colours of this window.',
    choices: {
      terminal: "the terminal's own colours",
      dark: 'dark',
      light: 'light',
      'high-contrast': 'high contrast',
    },
  },
  language: {
    title: 'Language',
    summary:
      'Of all screens and the help. Else the command line stays English, for scripts read it.',
    choices: { auto: 'as the system', en: 'English', de: 'Deutsch', fa: 'فارسی' },
  },
  rtl: {
    title: 'Right to left',
    summary:
      'Who orders and joins letters of languages such as Persian. Twice ordered is wrong again.',
    choices: {
      auto: 'as this terminal is known to do',
      terminal: 'the terminal',
      kedge: 'Kedge',
    },
  },
  ascii: {
    title: 'ASCII only',
    summary: 'Draws with plain signs, for terminals without line drawing.',
    choices: { auto: 'as the terminal can' },
  },
  screenReader: {
    title: 'Screen reader',
    summary: 'Plain lines to be read aloud instead of a grid. Holds from the next start.',
    choices: { auto: 'as INK_SCREEN_READER says' },
  },
  reducedMotion: {
    title: 'Reduced motion',
    summary:
      'What moves by itself, such as progress and seconds, changes every two seconds at most.',
  },
  mouse: { title: 'Mouse', summary: 'Click and wheel; off, the terminal selects text by itself.' },
  readOnly: {
    title: 'Read-only',
    summary: 'Starts in read-only mode: everything is shown, nothing is changed or started.',
  },
  confirmations: {
    title: 'Ask before',
    summary: 'What is dangerous always asks. This can only make more of it ask.',
    choices: { safe: 'what is dangerous', always: 'everything that changes something' },
  },
  clipboard: {
    title: 'Clipboard',
    summary: "Copies into the terminal's clipboard (OSC 52); off, the text is only shown.",
  },
  terminalTitle: {
    title: 'Window title',
    summary: 'Tells the terminal the application and what needs attention.',
  },
  escapeTimeoutMs: {
    title: 'Wait after Esc',
    summary: 'Milliseconds until Esc alone counts; more on lines that stall.',
  },
  chordTimeoutMs: {
    title: 'Wait for a chord',
    summary: 'Milliseconds that the first key of two waits for the second.',
  },
  whichKeyDelayMs: {
    title: 'Show what follows',
    summary: 'Milliseconds until the keys that may follow are listed.',
  },
} as const satisfies Readonly<Record<string, PreferenceWords>>;
