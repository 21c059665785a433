/** Recoveries that are not settled, and giving one up. */
export const recoveryTexts = {
  none: 'Nothing is half exchanged: there is no recovery to wait for.',
  head: (job: number, title: string, when: string) => `Recovery of job ${job} (${title}, ${when})`,
  stages: {
    untouched: 'No live data was exchanged yet.',
    'half exchanged': 'Live data may be half exchanged.',
    exchanged: 'All data is exchanged; only the end is missing.',
  },
  atWork: 'It is at work.',
  answers: (of: string) => `${of} answers`,
  silent: (of: string, why: string) => `No answer from ${of}: ${why}`,
  wouldLeave: 'Given up, this would stay there:',
  giveUp: 'If that server will never come back:',
  left: 'What stays in servers that were given up',
  copySql: 'Copy the SQL',
  giveUpTitle: 'Give up the recovery',
  giveUpButton: 'Give it up...',
  consent: (job: string) => [
    `The recovery of job ${job} goes on without the database servers that do not answer. What this machine has is settled, and services start again.`,
    'What is in those servers stays as it is there, perhaps half exchanged, with accounts locked. The result names all of it, with the SQL to put it right. This can not be taken back.',
  ],
} as const;
