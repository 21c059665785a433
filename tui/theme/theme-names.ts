/** `terminal`: the 16 colours and the ground of the terminal's own palette. */
export const themeNames = ['terminal', 'dark', 'light', 'high-contrast'] as const;
export type ThemeName = (typeof themeNames)[number];
