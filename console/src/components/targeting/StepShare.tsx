// The part of the contexts seen of late for whom a step decides, beside it.
import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { stepSharesQuery } from '../../api/effects';
import { isIdle, isOff, shareOf, unreached } from '../../format/stepShares';
import { shareWords as words } from '../../strings/targeting';
import { useFlag } from '../flags/flag';
import { usePlace } from '../place';
import classes from './targeting.module.css';

const WEEK = 7; // days

/** For how many each step decides, as it is saved. */
export function useShares(days = 1, isAsked = true) {
  const { project, environment } = usePlace();
  const { key } = useFlag();
  return useQuery({ ...stepSharesQuery(project.key, environment.key, key, days), enabled: isAsked });
}

/** What the column is called; where nobody was seen, that. */
export function SharesHead() {
  const { data } = useShares();
  if (data === undefined || isOff(data)) return null;
  return <p className={classes.sharesHead}>{data.total === 0 ? words.nobody : words.head}</p>;
}

/** `of` is the step as `stepOf` names it. Its room is kept as long as it is not known. */
export const StepShare = memo(function StepShare({ of }: { of: string }) {
  const { data, isPending } = useShares();
  const week = useShares(WEEK, data !== undefined && isIdle(data, of)).data;
  const share = (week && unreached(week, of)) ?? (data && shareOf(data, of));
  if (share === undefined) return isPending ? <span className={classes.stepShare} /> : null;
  return (
    <span className={classes.stepShare} title={share.told}>
      <b aria-hidden>{share.part}</b>
      <span aria-hidden>{share.many}</span>
      <VisuallyHidden>{share.told}</VisuallyHidden>
    </span>
  );
});
