// A flag in the list of a phone: its name and what it serves, and the switch at the right.
import type { FlagRow } from '../../../api/flagRows';
import { paths } from '../../../paths';
import { NameCell } from '../../NameCell';
import type { Place } from '../../place';
import { Changed, told } from './columns';
import { ListSwitch } from './ListSwitch';
import { ServedBar } from './ServedBar';
import classes from './card.module.css';

interface FlagCardProps {
  place: Place;
  flag: FlagRow;
}

export default function FlagCard({ place, flag }: FlagCardProps) {
  const { project, environment } = place;
  const { text, isWarning } = told(flag, environment.key);
  return (
    <div className={classes.card}>
      <div className={classes.about}>
        <NameCell name={flag.name} resourceKey={flag.key} tags={flag.tags} to={paths.flag(project.key, environment.key, flag.key)} />
        <ServedBar flag={flag}>
          <Changed flag={flag} environment={environment.key} />
        </ServedBar>
      </div>
      <div className={classes.switch} data-warning={isWarning || undefined} title={isWarning ? text : undefined}>
        <ListSwitch place={place} flag={flag} told={text} size="lg" />
      </div>
    </div>
  );
}
