// What a flag served at the same time a week earlier, where it is asked for in the address.
import { useQuery } from '@tanstack/react-query';
import { evaluationsQuery, type Evaluations } from '../../api/evaluations';
import type { Flag } from '../../api/flags';
import { SPANS, sumsBefore, WEEK, type Span } from '../../format/evaluations';
import { useAddress } from '../../ui/address';
import { usePlace } from '../place';

const WITH = 'with';
const BEFORE = 'week-before';

/** Whether a week earlier is another time than the span itself. */
export const hasWeekBefore = (span: Span) => SPANS[span] <= WEEK;

/** Whether it is compared with, and changing that. */
export function useCompared(span: Span): [isCompared: boolean, change: () => void] {
  const [search, change] = useAddress();
  const isCompared = hasWeekBefore(span) && search.get(WITH) === BEFORE;
  return [isCompared, () => change({ [WITH]: isCompared ? undefined : BEFORE }, true)];
}

/** Its sums; undefined until they are there, or where they are not compared with. */
export function useSumsBefore(flag: Flag, found: Evaluations, span: Span, isCompared: boolean) {
  const { project, environment } = usePlace();
  const asked = evaluationsQuery(project.key, environment.key, flag.key, SPANS[span], WEEK);
  const { data } = useQuery({ ...asked, enabled: isCompared });
  return isCompared ? sumsBefore(found, data) : undefined;
}
