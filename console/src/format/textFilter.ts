// What is typed to find something, as the `filter` of the API has it: any text is one value, whatever stands in it.

export const queryTerm = (text: string): string => (text.trim() === '' ? '' : `query:${JSON.stringify(text.trim())}`);

/** The parameter for what has the text in its name or key; none for everything. */
export const textFilter = (text: string): { filter?: string } => {
  const filter = queryTerm(text);
  return filter === '' ? {} : { filter };
};
