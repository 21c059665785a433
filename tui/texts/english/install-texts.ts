export const installTexts = {
  inShell: (command: string): string => `Run in a shell, as root:  kedge ${command}`,
  nothing: (version: string): string => `Kedge ${version}: nothing to change.`,
  heading: (version: string, installed: string | undefined): string =>
    installed === undefined || installed === version
      ? `Kedge ${version}`
      : `Kedge ${version}, in the place of ${installed}`,
  step: (what: string, reason: string): string => `- ${what}\n    ${reason}`,
  textLine: (line: string): string => `    | ${line}`,
  note: (note: string): string => `! ${note}`,
  number: (number: number, of: number, what: string): string => `${number}/${of} ${what}`,
  ask: 'Do this? [y/N] ',
  cannotAsk: 'say --yes, or --dry-run to see what would be done; nobody can be asked here',
  done: { install: 'Kedge is installed and runs.', uninstall: 'Kedge is removed.' },
  purge: (name: string): string => `Type "${name}" to remove its state and configuration too: `,
  purgeNeeds: (name: string): string => `--purge needs the name "${name}"`,
  brokenOff: 'its program ended without an answer',
} as const;
