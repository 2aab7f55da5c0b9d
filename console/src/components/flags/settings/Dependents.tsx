// The flags that have this one as a requirement, and where.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { dependentsQuery } from '../../../api/flagLife';
import { paths } from '../../../paths';
import { flagSettingsWords as words } from '../../../strings/flagSettings';
import { FailureState, LoadingState } from '../../../ui/States';
import { usePlace } from '../../place';
import { Section } from '../../Section';
import classes from './settings.module.css';

export function Dependents({ flagKey }: { flagKey: string }) {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(dependentsQuery(project.key, flagKey));
  return (
    <Section title={words.dependents} hint={words.dependentsHint}>
      {data === undefined &&
        (error ? <FailureState what={words.theDependents} error={error} onRetry={refetch} /> : <LoadingState rows={1} />)}
      {data?.items.length === 0 && <p className={classes.hint}>{words.noDependents}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className={classes.dependents}>
          {data.items.map(({ key, name, environments }) => (
            <li key={key}>
              <Link to={paths.flag(project.key, environment.key, key)} dir="auto">
                {name}
              </Link>{' '}
              <span className={classes.hint}>{environments.map((one) => one.name).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
