import type { HelpTopicText } from './help-topic.ts';

export const remote: HelpTopicText = {
  title: 'From another machine',
  body: `
Kedge listens on a Unix socket that only its own user may open; SSH is the way in.

  kedge --server ali@server

The interface runs on your own machine, and your own ssh leads to the Kedge there; what ssh asks it asks first. What you
download lands here, and an upload goes from here:

  kedge --server ali@server backup download latest --to .

A transfer that was cut goes on where it was. If the line is cut, jobs go on; the window tries again by itself, and Ctrl+R
lets ssh ask. Over slow lines the screen stays quick, as keys are answered here.

## A list of servers
  kedge server add clinic ali@server --remote-kedge 'sudo -n kedge'
  kedge --server clinic

In the window, "Connect to a server" of the palette (:) goes to another one.

## The interface there
  ssh -t server kedge

## Who may do what
The socket's folder decides: the service's user and root may do everything. "viewers" in the configuration opens a
second socket to a group that may look and change nothing:

  kedge status --socket /run/kedge-view/kedge.sock
`,
};
