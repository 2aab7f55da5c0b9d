// The flags that ask for a segment, in its environment, with the rules that do.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { flagQuery } from '../../api/flags';
import type { Segment, SegmentPlace } from '../../api/segments';
import { rulesAsking } from '../../format/segmentUses';
import { paths } from '../../paths';
import { segmentWords as words } from '../../strings/segments';
import { variationWords } from '../../strings/variations';
import { Swatch } from '../../ui/Swatch';
import { usePlace } from '../place';
import classes from './segments.module.css';

const ASKED = 50; // flags that are asked for their rules

type Use = NonNullable<Segment['_flags']>[number];

export function UsedBy({ place, flags }: { place: SegmentPlace; flags: Use[] }) {
  return (
    <section>
      <h2>{words.usedBy(flags.length)}</h2>
      {flags.length === 0 && <p>{words.unused}</p>}
      <ul>
        {flags.map((flag, at) => (
          <li key={flag.key} className={classes.use}>
            <Link to={paths.flag(place.project, place.environment, flag.key)} dir="auto">
              {flag.name}
            </Link>
            {at < ASKED && <Where place={place} flag={flag.key} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Where({ place: { project, environment: key, segment }, flag }: { place: SegmentPlace; flag: string }) {
  const environment = usePlace().environments.find((one) => one.key === key);
  const { data } = useQuery(flagQuery(project, flag));
  const asking = rulesAsking(data?.environments?.[key]?.rules ?? [], segment);
  return (
    <span className={classes.where}>
      {asking.length > 0 && variationWords.rules(asking)}
      {environment && <Swatch color={environment.color} />} {environment?.name}
    </span>
  );
}
