declare module 'bidi-js' {
  interface EmbeddingLevels {
    readonly levels: Readonly<Uint8Array>;
  }
  interface Bidi {
    getEmbeddingLevels(text: string, direction: 'ltr' | 'rtl'): EmbeddingLevels;
    /** For a line of signs of the basic plane. */
    getReorderedString(text: string, levels: EmbeddingLevels): string;
    /** Null where it has no mirrored one. */
    getMirroredCharacter(character: string): string | null;
  }
  function createBidi(): Bidi;

  export = createBidi;
}
