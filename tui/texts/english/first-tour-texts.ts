/** The tour of the interface: a card over each of the real screens. */
export const firstTourTexts = {
  take: 'Take the tour',
  title: (step: number, count: number, name: string): string => `Tour ${step} of ${count}: ${name}`,
  next: 'Next',
  done: 'Done',
  previous: 'Back',
  leave: 'Leave the tour',
  keys: 'Enter next   Left back   Esc leave',
  steps: {
    welcome: {
      title: 'Welcome',
      body: [
        'Two minutes, on the screens themselves; nothing is changed. Any other key leaves the tour and does what it does.',
        'Keys 1 to 8 are the eight screens. This is the first: is all well, and what needs you.',
      ],
    },
    backUp: {
      title: 'Back up',
      body: [
        'From anywhere "b" leads here: a name if you like, a place, Enter. Below is every backup there is.',
        'Each one is read back and checked right after it was made: "verified". A drill makes it "proven".',
      ],
    },
    restore: {
      title: 'Restore',
      body: [
        'Choose a backup, and read first what it would change and what would be lost. Nothing is done without the name of the application typed.',
        'What was live before stays as an undo for days.',
      ],
    },
    schedules: {
      title: 'Schedules',
      body: [
        '"c" makes one: full backups by day, week or month, differentials in between, how long they stay.',
        'What it means and its next ten runs stand beside the form before you save.',
      ],
    },
    services: {
      title: 'Services',
      body: [
        '"It hangs": here stands which service is ill and why.',
        '"R" from anywhere shows the plan of a reset: stopped and started in the right order, each proven healthy.',
      ],
    },
    jobs: {
      title: 'Jobs',
      body: [
        'What is at work, and what came of what was. Jobs belong to Kedge: close this window, cut the line, they go on.',
        '"]" shows and hides the panel with jobs, log, problems and commands.',
      ],
    },
    doors: {
      title: 'Where all the rest is',
      body: [
        '":" finds every command, "?" every key that works where you are, Ctrl+P any backup, job, service or schedule. They take the mouse, too, down in the last line.',
        'Help on a topic: ":" and "help". This tour again: ":" and "tour".',
      ],
    },
  },
} as const;
