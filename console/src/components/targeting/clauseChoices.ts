// What can be chosen while a condition is written: what was seen in the environment, and its segments.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { attributeNamesQuery, attributeValuesQuery } from '../../api/contexts';
import { segmentPageQuery, segmentQuery } from '../../api/segments';
import { Failure } from '../../format/failure';
import { valueNote } from '../../format/operators';
import { attributesOf, kindsIn, unseenNote, valuesOf } from '../../format/seenAttributes';
import type { Clause } from '../../format/steps';
import { usePlace } from '../place';

const WAIT = 120; // milliseconds after the last key
const MOST = 20; // choices at a time

interface Choices {
  kinds: string[];
  attributes: string[];
  values: string[];
  /** What is to be known of what is written. */
  note: string | undefined;
}

export function useClauseChoices(clause: Clause): Choices {
  const { project, environment } = usePlace();
  const place = { project: project.key, environment: environment.key };
  const [attribute] = useDebouncedValue(clause.attribute, WAIT);
  const names = useQuery(attributeNamesQuery(place)).data?.items ?? [];
  const values = useQuery({ ...attributeValuesQuery(place, attribute), retry: false }).data?.items ?? [];
  const notes = [...clause.values.map((value) => valueNote(clause.op, value)), unseenNote(names, clause)];
  return {
    kinds: kindsIn(names),
    attributes: attributesOf(names, clause.contextKind),
    values: valuesOf(values, clause.contextKind),
    note: notes.filter((note) => note !== undefined).join(' ') || undefined,
  };
}

/** Segments by name and key, as far as what is typed finds them. */
export function useSegmentChoices(typed: string): { key: string; name: string }[] {
  const { project, environment } = usePlace();
  const [wanted] = useDebouncedValue(typed, WAIT);
  const asked = segmentPageQuery(project.key, environment.key, wanted, 0, MOST);
  return useQuery({ ...asked, placeholderData: keepPreviousData }).data?.items ?? [];
}

/** Those of these segments that are not there, or not shown to the reader. */
export function useMissingSegments(keys: string[]): string[] {
  const { project, environment } = usePlace();
  const place = { project: project.key, environment: environment.key };
  const asked = useQueries({ queries: keys.map((segment) => ({ ...segmentQuery({ ...place, segment }), retry: false })) });
  return keys.filter((_, at) => {
    const error = asked[at]?.error;
    return error instanceof Failure && error.status === 404;
  });
}
