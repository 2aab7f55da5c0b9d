// Looks at what is usually wrong when the first evaluation does not appear.
import { IconAlertTriangle, IconCheck, IconQuestionMark } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { connectionsQuery } from '../../api/connections';
import { environmentsQuery, type Environment } from '../../api/places';
import { clockSkewQuery } from '../../api/serverClock';
import { checksOf } from '../../format/checks';
import { checkWords as words } from '../../strings/checks';
import { LoadingState } from '../../ui/States';
import classes from './welcome.module.css';

const ICONS = { good: IconCheck, bad: IconAlertTriangle, ask: IconQuestionMark };
const SHOWN = 4; // last characters of a key

export function Checks({ project, environment }: { project: string; environment: Environment }) {
  const clock = useQuery(clockSkewQuery);
  const now = useQuery({ ...environmentsQuery(project), staleTime: 0, refetchOnMount: 'always' });
  const all = now.data?.items ?? [];
  const others = all.filter(({ key }) => key !== environment.key);
  const connections = useQueries({ queries: others.map(({ key }) => connectionsQuery(project, key)) });
  const found = all.find(({ key }) => key === environment.key);
  if (clock.isPending || now.isFetching) return <LoadingState rows={3} height={24} />;
  const checks = checksOf({
    place: environment.name,
    ending: environment.apiKey.slice(-SHOWN),
    isKeyRight: found?.apiKey === environment.apiKey,
    elsewhere: others.filter((_, at) => isUsed(connections[at]?.data)).map(({ name }) => name),
    origin: location.origin,
    skew: clock.data,
  });
  return (
    <ul className={classes.checks} aria-label={words.title}>
      {checks.map(({ name, state, text }) => {
        const Icon = ICONS[state];
        return (
          <li key={name} data-state={state}>
            <Icon size={16} stroke={1.6} role="img" aria-label={words.states[state]} />
            {text}
          </li>
        );
      })}
      <li>{words.patience}</li>
    </ul>
  );
}

interface Used {
  streams: { sdks: unknown[] };
  polling: { sdks: unknown[] };
}

const isUsed = (found: Used | undefined) => found !== undefined && found.streams.sdks.length + found.polling.sdks.length > 0;
