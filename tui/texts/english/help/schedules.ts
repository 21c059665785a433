import type { HelpTopicText } from './help-topic.ts';

export const schedules: HelpTopicText = {
  title: 'Schedules',
  body: `
  kedge schedule set nightly --full 'daily 02:00' --differential 'every 4 hours' --delete-older-than '30 days'
  kedge schedule preview nightly --full 'weekly sunday 02:00'
  kedge schedule show nightly

On screen 4 "c" opens the form and "e" changes the selected schedule. What it means, its next ten runs and what would be
deleted now stand beside it before anything is saved.

## When
- --full 'daily 02:00', 'weekly sunday 02:00', 'monthly 1 02:00', or --cron '0 2 * * 1-5'
- --differential 'every 4 hours' counts from the full and gives way to the next one
- --not-between '08:00-18:00 mon-fri' holds runs up until those hours are over
- --zone Europe/Berlin; without it the zone of this server

One run per local day, week or month, whatever the clock does: a time that is left out in spring runs right after the
gap, one that comes twice in autumn runs once.

## When something comes in between
After an outage one run makes up for all that were missed (--if-missed run, skip, or an age). A failed run is tried
again after 5, 15 and 45 minutes (--retries). One that takes longer than --deadline hours is cancelled and has failed.

  kedge schedule skip nightly
  kedge schedule pause nightly
  kedge schedule run nightly --kind full

## The month
  kedge calendar

Runs with their outcome, what is to come, manual backups, verifies and drills, day by day. "Show calendar" in the
palette shows the same.
`,
};
