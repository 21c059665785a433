import { screenTexts } from './english/screen-texts.ts';
import { workbenchTexts } from './english/workbench-texts.ts';

/** All words of the screens. English first; another language is another object of this form. */
export const texts = { workbench: workbenchTexts, ...screenTexts };
