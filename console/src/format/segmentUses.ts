// Which rules of a flag ask for a segment.

interface AskingRule {
  clauses?: { op: string; values: unknown[] }[];
}

/** The numbers of the rules, from 1, that ask whether a context is in the segment, or is not. */
export const rulesAsking = (rules: AskingRule[], segment: string): number[] =>
  rules.flatMap(({ clauses = [] }, place) =>
    clauses.some(({ op, values }) => op === 'segmentMatch' && values.includes(segment)) ? [place + 1] : [],
  );
