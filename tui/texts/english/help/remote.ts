import type { HelpTopicText } from './help-topic.ts';

export const remote: HelpTopicText = {
  title: 'From another machine',
  body: `
Kedge listens on a Unix socket that only its own user may open; SSH is the way in.

  ssh -t server kedge

opens the interface there. If the line is cut, jobs go on; the next start shows them and the same screen again.

## Its socket here
  ssh -L /tmp/kedge.sock:/run/kedge/kedge.sock server
  kedge --socket /tmp/kedge.sock

The whole interface then runs on your own machine, and what you download lands here:

  kedge --socket /tmp/kedge.sock backup download latest --to .

A transfer that was cut goes on where it was. Over slow lines the screen stays quick: only changed cells are written, and
keys are answered here.

## Who may do what
The socket's folder decides: the service's user and root may do everything. "viewers" in the configuration opens a
second socket to a group that may look and change nothing:

  kedge status --socket /run/kedge-view/kedge.sock
`,
};
