import type { HelpTopicText } from './help-topic.ts';

export const install: HelpTopicText = {
  title: 'Install and upgrade',
  body: `
  sudo kedge install --config kedge.jsonc --dry-run
  sudo kedge install --config kedge.jsonc
  sudo kedge uninstall --dry-run

The dry run shows every file and every command with its reason. Kedge then runs as the system user "kedge" in a
hardened unit, with no more rights than your sources need.

- program: /opt/kedge/VERSION, command: /usr/local/bin/kedge
- configuration: /etc/kedge/kedge.jsonc, state: /var/lib/kedge, socket: /run/kedge/kedge.sock
- manual page and completions of bash, zsh and fish below /usr/local/share
- a polkit rule for exactly the configured units

What of others lies where Kedge writes is kept as NAME.kedge-old.

## Afterwards
After a change of sources, destinations or units: sudo kedge install again. Where all is in place it changes nothing.

## Upgrade
The same command from the newer archive. It waits for running jobs (--wait-for-jobs SECONDS), keeps a copy of the state,
and goes back to the old version and that copy if the new one does not answer within 60 s (exit code 9).

## Remove
"uninstall" leaves backups, configuration, state and the user, and names them. --purge takes all but the backups and
wants the application's name typed.

## Without installing
Everything lies in $KEDGE_HOME where that is set, else in ~/.config/kedge and ~/.local/state/kedge. "kedge daemon" runs
in the foreground. Completions without installing:

  source <(kedge completion bash)
`,
};
