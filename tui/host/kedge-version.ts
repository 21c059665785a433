/** As in package.json; a test compares the two. */
export const kedgeVersion = '0.1.0';
