// What a changed split does to those in it: which share is pushed along, and how many get something else.
import type { Flag } from '../../api/flags';
import { count, percent } from '../../format/number';
import { dealsAnew, shifted } from '../../format/shares';
import { manyOf } from '../../format/stepShares';
import { missingWeight, WHOLE, type Rollout } from '../../format/steps';
import { variationNameAt } from '../../format/variationAt';
import { targetingWords as words } from '../../strings/targeting';
import { Note } from '../../ui/Note';
import { useShares } from './StepShare';

export interface PushedNoteProps {
  /** The split that is saved. */
  base: Rollout;
  rollout: Rollout;
  variations: Flag['variations'];
  /** The step as `stepOf` names it. */
  step: string;
}

export function PushedNote({ base, rollout, variations, step }: PushedNoteProps) {
  const { data } = useShares();
  if (dealsAnew(base, rollout)) return <Note tone="info">{words.dealtAnew}</Note>;
  const { pushed, moved } = shifted(base, rollout);
  if (pushed.length === 0 || missingWeight(rollout) !== 0) return null;
  const many = data === undefined ? 0 : Math.round((manyOf(data, step) * moved) / WHOLE);
  const told = pushed.map(({ variation, lost, gained }) => words.pushed(variationNameAt(variations, variation), percent(lost), percent(gained)));
  return (
    <Note tone="info" role="status">
      {words.endToEnd} {told.join(' ')}
      {many > 0 ? words.movedOf(percent(moved), count(many)) : words.movedShare(percent(moved))}
    </Note>
  );
}
