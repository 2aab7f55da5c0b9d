// Keys as people write and paste them: on lines, or with commas between them; each counts once.

export const readKeys = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,\t]/)
      .map((key) => key.trim())
      .filter(Boolean),
  ),
];
