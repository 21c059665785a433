/** What a person is told before a command with consequences runs. */
export const consentTexts = {
  restore: (application: string) => [
    `The live data of ${application} is replaced as the plan says. Its services stop meanwhile and start again.`,
    'What is live now is kept as an undo.',
  ],
  restoreForGood: (application: string) => [
    `The live data of ${application} is replaced as the plan says. Its services stop meanwhile and start again.`,
    'Nothing of what is live now is kept: this can not be taken back.',
  ],
  merge: (application: string) => [
    `What is missing or differs in ${application} comes back as the plan says; what is newer stays. Its services stop meanwhile and start again.`,
    'What is live now is kept as an undo.',
  ],
  undo: (title: string) => [
    `Takes back: ${title}.`,
    'What was live before comes back. What is live now is kept as an undo of its own.',
  ],
  removeUndo: (title: string) => [
    `What "${title}" keeps is deleted, and its safety backup with it.`,
    'That restore can not be taken back any more.',
  ],
  forgetUndo: (title: string) => [
    `What "${title}" keeps on this machine is deleted, and its safety backup with it. That restore can not be taken back any more.`,
    'Where its database server does not answer, what lies there stays and is named: only for a server that never comes back.',
  ],
  removeUndos: [
    'What they keep is deleted, and their safety backups with it. Those restores can not be taken back any more.',
  ],
  forgetUndos: [
    'What they keep on this machine is deleted, and their safety backups with it. Those restores can not be taken back any more.',
    'Where a database server does not answer, what lies there stays and is named: only for a server that never comes back.',
  ],
  deleteBackup: (path: string) => [
    'This file is deleted. As long as it lies in the trash of its destination it can be brought back:',
    path,
  ],
  stop: (service: string, dependents: string) =>
    dependents === ''
      ? [`Stops ${service}. It stays down until it is started.`]
      : [`Stops ${service}. It stays down until it is started. These need it: ${dependents}.`],
  stopAll: (services: string, dependents: string) =>
    dependents === ''
      ? [`Stops ${services}. They stay down until they are started.`]
      : [
          `Stops ${services}. They stay down until they are started. These need them: ${dependents}.`,
        ],
  restartAll: (services: string, dependents: string) =>
    dependents === ''
      ? [`Stops ${services} and starts them again.`]
      : [`Stops ${services} and starts them again. These need them: ${dependents}.`],
  restart: (service: string, dependents: string) =>
    dependents === ''
      ? [`Stops ${service} and starts it again.`]
      : [`Stops ${service} and starts it again. These need it: ${dependents}.`],
  reset: (services: string) => [
    `Stops and starts ${services}, in order of dependency. Work in progress there is interrupted.`,
  ],
  all: 'all services',
  cancel: (title: string) => [title, 'It is asked to stop. Nothing half-made is kept.'],
  retry: (title: string) => [title, 'It starts again with the same order.'],
  removeSchedule: (schedule: string) => [
    `"${schedule}" takes no more backups. Those it took stay.`,
  ],
  accidents: {
    'delete-patients':
      '200 patients and all that hangs on them disappear from the database. Restore a backup to get them back.',
    'overwrite-upload':
      'One uploaded document is overwritten with rubbish. Restore a backup to get it back.',
    'hang-host': 'The Host takes no more requests. Reset the services to get it going.',
    'kill-agent': 'The Agent dies. Start it, or reset the services.',
    'fill-destination': 'The destination is filled, so the next backup finds no room.',
  },
  stopDemo: 'The demo and its services stop. Its data stays.',
} as const;
