import type { HelpTopicText } from './help-topic.ts';

export const gettingStarted: HelpTopicText = {
  title: 'Getting started',
  body: `
Kedge backs up, restores and gets running again the application on a server: databases, folders of uploads,
settings and services.

## Try it on nothing of yours
  kedge demo

A small clinic with real services, a database that is written to all the time and accidents to cause. It lives in a
folder of its own; "q" asks whether to stop it. Its commands in another shell:
  KEDGE_HOME=~/.local/state/kedge-demo kedge status

## Protect your own application
  kedge init /srv/app

It looks for SQLite databases, upload folders and settings there, and for database servers on the machine, asks a few questions, writes a commented
configuration, takes the first full backup and verifies it. On a server that is to run by itself:

  sudo kedge install

## The interface
  kedge

Keys 1 to 8 are the eight screens. ":" finds every command by a part of its name, "?" every key that works where you
are, "Ctrl+P" a backup, job, service or schedule. Enter opens, Esc goes back, "q" leaves: Kedge and its jobs go on.

## The six tasks
- Back up now: "b", or  kedge backup create --name 'before update'
- By itself: screen 4, or  kedge schedule set nightly --full 'daily 02:00' --delete-older-than '30 days'
- Bring yesterday back: screen 3, or  kedge restore run --at 'yesterday 18:00'
- "It hangs": "R", or  kedge service reset --retry
- Off this server: "Download a backup" in the palette, or  kedge backup download latest --to /mnt/usb
- Do they work: screen 1, or  kedge status  and  kedge drill latest

What is wrong, why it matters and what cures it, kedge doctor says.
`,
};
