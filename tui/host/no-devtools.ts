/** Stands in for react-devtools-core in the bundle: Ink imports it, and only uses it with DEV=true. */
const noDevtools = {
  initialize: (): void => undefined,
  connectToDevTools: (): void => undefined,
};
// biome-ignore lint/style/noDefaultExport: what Ink imports is a default export.
export default noDevtools;
