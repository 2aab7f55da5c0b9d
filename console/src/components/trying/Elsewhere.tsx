// What the same context gets in the other environments, and with what is not saved yet.
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { explainQuery, type Tried } from '../../api/explaining';
import { inEnvironment } from '../../paths';
import { tryWords as words } from '../../strings/trying';
import { Swatch } from '../../ui/Swatch';
import type { TracedFlag } from '../../api/explaining';
import { VariationChip } from '../flags/VariationChip';
import { usePlace } from '../place';
import classes from './trying.module.css';

const MOST = 6; // environments asked at once

export interface ElsewhereProps {
  tried: Tried;
  /** Changes of the targeting here that are not saved. */
  unsaved: Tried['instructions'];
}

export function Elsewhere({ tried, unsaved }: ElsewhereProps) {
  const { environments } = usePlace();
  const { pathname, search } = useLocation();
  const others = environments.filter(({ key }) => key !== tried.environment).slice(0, MOST);
  const answers = useQueries({
    queries: others.map(({ key }) => explainQuery({ ...tried, environment: key, instructions: [] })),
  });
  return (
    <div className={classes.elsewhere}>
      {others.length > 0 && <span>{words.elsewhere}</span>}
      {others.map(({ key, name, color }, place) => (
        <Link key={key} to={inEnvironment(pathname, key, search)} className={classes.other}>
          <Swatch color={color} /> <span dir="auto">{name}</span> <Got flag={answers[place]?.data?.flag} />
        </Link>
      ))}
      {unsaved.length > 0 && <Unsaved tried={tried} unsaved={unsaved} />}
    </div>
  );
}

function Unsaved({ tried, unsaved }: ElsewhereProps) {
  const { data } = useQuery(explainQuery({ ...tried, instructions: unsaved }));
  return (
    <span className={classes.unsaved}>
      {words.withUnsaved(unsaved.length)}: <Got flag={data?.flag} />
    </span>
  );
}

/** The variation that a flag came to; nothing while it is asked. */
export function Got({ flag, isPlain = false }: { flag: TracedFlag | undefined; isPlain?: boolean }) {
  if (flag === undefined) return null;
  if (flag.variation === undefined) return <span>{words.codeDefault}</span>;
  return <VariationChip variation={flag.variation} index={flag.variation.index} isPlain={isPlain} />;
}
