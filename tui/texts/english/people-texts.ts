/** Words of who is here, what they may do, and what was done by whom. */
export const peopleTexts = {
  somebody: 'somebody',
  roles: { viewer: 'viewer', operator: 'operator', admin: 'admin' },
  /** In the title, of whoever may not do everything. */
  roleTags: { viewer: 'VIEWER', operator: 'OPERATOR', admin: '' },
  needs: (needed: string, role: string): string =>
    `it takes the role ${needed}, and you are ${role} here`,
  inView: (view: string): string => `in ${view}`,
  andMore: (first: string, more: number): string => `${first} and ${more} more`,
  /** Above a configuration that is edited again. */
  configConflict: {
    again: 'Below stands what is there now. This is what you had changed, to be made again:',
    end: 'These lines on top go by themselves when you save.',
  },
  thereNow: (value: string | undefined): string =>
    value === undefined ? 'It is not set there now.' : `There stands now ${value}.`,
  savedBy: (who: string): string => `${who} saved meanwhile.`,
  who: {
    title: 'Who is here',
    nobody: 'Nobody has the interface open.',
    you: '(you)',
    columns: { user: 'USER', tty: 'TERMINAL', role: 'ROLE', view: 'IN', since: 'SINCE' },
    claimed: 'User and terminal are what their programs say of them; the role is sure.',
  },
  audit: {
    none: 'Nothing is recorded in that time.',
    more: (limit: number): string => `Only the newest ${limit} are shown; --limit shows more.`,
    noPeriod: 'is neither a moment, such as 2026-11-20 14:00, nor a time, such as "7 days"',
    columns: { when: 'WHEN', who: 'WHO', role: 'ROLE', what: 'WHAT', result: 'RESULT' },
    outcomes: {
      done: 'ok',
      job: (job: number): string => `job ${job}`,
      refused: 'REFUSED',
      failed: (code: string): string => `failed: ${code}`,
      working: 'at work',
      unknown: '?',
    },
    page: {
      title: 'What was done, and by whom',
      command: 'Show the audit',
      button: 'Audit',
      empty: ['Nothing was done yet that changes anything.'],
      older: 'Show older ones',
      olderHere: 'Older ones: press o.',
      noOlder: 'These are all there are.',
      claimed:
        'The user and the terminal are what the program that asked said; the socket and its role are sure.',
      through: 'Through',
      program: 'Program',
      with: 'With',
      revision: 'Configuration became',
      hints: { audit: 'audit', older: 'older', again: 'look again', back: 'back' },
    },
  },
} as const;
