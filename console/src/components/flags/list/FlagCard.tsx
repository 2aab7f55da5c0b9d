// A flag in the list of a phone: its name and what it serves, and the switch at the right.
import type { FlagRow } from '../../../api/flagRows';
import { paths } from '../../../paths';
import { NameCell } from '../../NameCell';
import type { Place } from '../../place';
import { FlagToggle } from '../FlagToggle';
import { Changed, told, type TrafficOf } from './columns';
import { whyFixed } from './naming';
import { ServedBar } from './ServedBar';
import classes from './card.module.css';

interface FlagCardProps {
  place: Place;
  flag: FlagRow;
  trafficOf: TrafficOf;
}

export default function FlagCard({ place: { project, environment }, flag, trafficOf }: FlagCardProps) {
  const { text, isWarning } = told(flag, environment.key);
  return (
    <div className={classes.card}>
      <div className={classes.about}>
        <NameCell name={flag.name} resourceKey={flag.key} tags={flag.tags} to={paths.flag(project.key, environment.key, flag.key)} />
        <ServedBar flag={flag} traffic={trafficOf(flag.key)}>
          <Changed flag={flag} environment={environment.key} />
        </ServedBar>
      </div>
      <div className={classes.switch} data-warning={isWarning || undefined} title={isWarning ? text : undefined}>
        <FlagToggle
          project={project.key}
          environment={environment}
          flag={flag}
          on={flag.environments[environment.key]?.on ?? false}
          description={text}
          refusal={whyFixed(flag)}
          size="lg"
        />
      </div>
    </div>
  );
}
