/**
 * A page of the help. In `body` lines that follow each other are one paragraph and wrapped to the terminal; a line
 * that begins with "## " is a heading, with "- " a point of a list, and one that begins with blanks stands as it is.
 */
export interface HelpTopicText {
  readonly title: string;
  readonly body: string;
}
