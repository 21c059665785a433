/** What stands in the place of something that may be a secret. */
export const hiddenMark = '[hidden]';
