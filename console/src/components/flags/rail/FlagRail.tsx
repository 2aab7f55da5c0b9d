// Facts beside the steps of a flag: what it served, how it was delivered, who changed it of late.
import type { Flag } from '../../../api/flags';
import { railWords as words } from '../../../strings/rail';
import { ServedLately } from '../../evaluations/ServedLately';
import { Delivered } from './Delivered';
import classes from './rail.module.css';
import { RecentChanges } from './RecentChanges';

export function FlagRail({ flag }: { flag: Flag }) {
  return (
    <aside className={classes.rail} aria-label={words.facts}>
      <ServedLately flag={flag} />
      <Delivered flag={flag} />
      <RecentChanges flag={flag} />
    </aside>
  );
}
