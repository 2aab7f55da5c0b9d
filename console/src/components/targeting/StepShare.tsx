// The part of the contexts seen of late for whom a step decides, beside it.
import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { stepSharesQuery } from '../../api/effects';
import { isOff, shareOf } from '../../format/stepShares';
import { shareWords as words } from '../../strings/targeting';
import { useFlag } from '../flags/flag';
import { usePlace } from '../place';
import classes from './targeting.module.css';

function useShares() {
  const { project, environment } = usePlace();
  const { key } = useFlag();
  return useQuery(stepSharesQuery(project.key, environment.key, key));
}

/** What the column is called; where nobody was seen, that. */
export function SharesHead() {
  const { data } = useShares();
  if (data === undefined || isOff(data)) return null;
  return <p className={classes.sharesHead}>{data.total === 0 ? words.nobody : words.head}</p>;
}

/** `of` is the step as `stepOf` names it. Its room is kept as long as it is not known. */
export function StepShare({ of }: { of: string }) {
  const { data, isPending } = useShares();
  const share = data && shareOf(data, of);
  if (share === undefined) return isPending ? <span className={classes.stepShare} /> : null;
  return (
    <span className={classes.stepShare} title={share.told}>
      <b aria-hidden>{share.part}</b>
      <span aria-hidden>{share.many}</span>
      <VisuallyHidden>{share.told}</VisuallyHidden>
    </span>
  );
}
