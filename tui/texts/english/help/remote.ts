import type { HelpTopicText } from './help-topic.ts';

export const remote: HelpTopicText = {
  title: 'From another machine',
  body: `
  kedge --server clinic
  kedge --server ali@clinic.example status

The interface, and every command, on your own machine for the Kedge of another one. Your own ssh goes there, with your
configuration and keys, and runs "kedge relay"; nothing has to be configured there but a kedge that speaks the same.
What you download lands here, what you upload comes from here.

  kedge --server clinic backup download latest --to .

A line that breaks is tried again by itself; Ctrl+R connects at once. A call that was under way is asked for by its id:
nothing is done twice. A transfer that was cut goes on where it was. Keys are answered here, however slow the line is.

## Servers
  kedge server add clinic ali@clinic.example
  kedge server list

--remote-kedge says how kedge is called there, such as 'sudo -n kedge', --ssh-option is for ssh -o.

## Without it
  ssh -t clinic kedge

opens the interface there. If the line is cut, its window ends and jobs go on; the next start says so.

## Who may do what
Kedge's own socket is for its user and root. "operators" in the configuration opens one to a group that may back up and
reset but not delete or change settings, "viewers" one to a group that only looks:

  kedge status --socket /run/kedge-view/kedge.sock
  kedge audit

says what was done, and by whom.
`,
};
