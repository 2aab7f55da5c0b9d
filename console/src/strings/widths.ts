// What is said about how wide columns are.

export const widthWords = {
  usual: 'As usual',
  widthOf: (name: string) => `Width of ${name}`,
  pixels: (width: number) => `${width} pixels`,
  widthHint: 'Drag, or use the arrow keys; double-click or Home for the usual width',
};
