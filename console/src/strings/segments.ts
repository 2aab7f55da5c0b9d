// What is said of segments.

export const segmentWords = {
  segments: 'Segments',
  segment: 'Segment',
  created: 'Created',
  filter: 'Filter by name, key or tag',
  total: (count: string) => `${count}, newest first`,
  noneTitle: 'No segments yet',
  noneText: 'A segment is a named group of contexts that rules of many flags can ask for.',
  noneMatch: (query: string) => `No segment matches “${query}”.`,
  clear: 'Clear filter',
  theSegments: 'the segments',
};
