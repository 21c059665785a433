import type { helpTopicTexts } from './english/help-texts.ts';

/** Pages of the help in another language, in the markup of the English ones. */
export type HelpBodies = Readonly<Partial<Record<keyof typeof helpTopicTexts, string>>>;

let spoken: HelpBodies = {};

/** A page in the language that is spoken now; undefined: it has only the English one. */
export function helpBody(topic: keyof typeof helpTopicTexts): string | undefined {
  return spoken[topic];
}

/** Only for the one that changes the language. */
export function setHelpBodies(next: HelpBodies): void {
  spoken = next;
}
