import { type ParseError, printParseErrorCode } from 'jsonc-parser';

/** What is wrong at a place where a file is no JSON any more, for whoever writes it by hand. */
export function syntaxFault({ error }: ParseError): string {
  const code = printParseErrorCode(error);
  return words[code] ?? `this can't be read as JSON (${code})`;
}

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no JSON: is a quotation mark missing?',
  InvalidNumberFormat: 'this is no number as JSON has them',
  PropertyNameExpected: 'a key in quotation marks is missing here',
  ValueExpected: 'a value is missing here',
  ColonExpected: 'a ":" is missing here',
  CommaExpected: 'a "," is missing here',
  CloseBraceExpected: 'a "}" is missing here',
  CloseBracketExpected: 'a "]" is missing here',
  EndOfFileExpected: 'the file should end here; is there one "}" too many before?',
  InvalidCommentToken: 'a comment is not possible here',
  UnexpectedEndOfComment: 'this comment is not closed by "*/"',
  UnexpectedEndOfString: 'this text is not closed by a quotation mark',
  UnexpectedEndOfNumber: 'this number is not complete',
  InvalidUnicode: 'a "\\u" needs four hexadecimal digits',
  InvalidEscapeCharacter: 'nothing is written by a "\\" and this sign; of a "\\" write two',
  InvalidCharacter: 'this sign is not possible in a text; write it as "\\n", "\\t" or "\\u...."',
};
