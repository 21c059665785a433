/** A style in its parts, each as SGR parameters. */
interface StyleParts {
  readonly attributes: readonly string[];
  readonly text: string;
  readonly ground: string;
}

/** The parameters that turn one style into another: only what differs, where nothing has to be taken away. */
export function changeOfStyle(from: string, to: string): string {
  if (to === '' || from === '') return to;
  const before = partsOf(from);
  const after = partsOf(to);
  const lost =
    before.attributes.some((attribute) => !after.attributes.includes(attribute)) ||
    (before.text !== '' && after.text === '') ||
    (before.ground !== '' && after.ground === '');
  if (lost) return `0;${to}`;
  return [
    ...after.attributes.filter((attribute) => !before.attributes.includes(attribute)),
    ...(after.text === before.text ? [] : [after.text]),
    ...(after.ground === before.ground ? [] : [after.ground]),
  ].join(';');
}

// 38 and 48 take the parameters behind them: "5;n" or "2;r;g;b".
const parameters = /(?:38|48);(?:5;\d+|2;\d+;\d+;\d+)|\d+/g;

function partsOf(style: string): StyleParts {
  const found = style.match(parameters) ?? [];
  const isText = (one: string): boolean => /^(?:38;|3\d$|9\d$)/.test(one);
  const isGround = (one: string): boolean => /^(?:48;|4\d$|10\d$)/.test(one);
  return {
    attributes: found.filter((one) => !isText(one) && !isGround(one)),
    text: found.find(isText) ?? '',
    ground: found.find(isGround) ?? '',
  };
}
