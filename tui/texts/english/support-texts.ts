export const supportTexts = {
  columns: { file: 'FILE', size: 'SIZE', what: 'WHAT' },
  leftOut: (hidden: number): readonly string[] => [
    'Left out: keys, passwords, the contents of backups, rows and files of the application, logs of its services.',
    hidden === 0
      ? 'Nothing had to be hidden in the configuration.'
      : `${hidden} texts of the configuration are hidden, here and in all logs. Logs name files and folders.`,
  ],
  ask: (path: string, size: string): string => `Write ${size} to "${path}"? [y/N] `,
  inShell: 'only in a shell: kedge support',
  needsYes: 'needed where nobody can be asked',
  isYes: (answer: string): boolean => /^y(es)?$/i.test(answer.trim()),
  written: (path: string, quoted: string): readonly string[] => [
    `Written: "${path}"`,
    `Look through it before you send it:  tar -xzf ${quoted}`,
  ],
} as const;
