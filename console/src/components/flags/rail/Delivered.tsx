// Who holds the newest version of what is set in an environment, this flag among it; streams and clients that poll apart.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { connectionsQuery, type Connections } from '../../../api/connections';
import type { Flag } from '../../../api/flags';
import { count, counted } from '../../../format/number';
import { paths } from '../../../paths';
import { connectionWords } from '../../../strings/connections';
import { railWords as words } from '../../../strings/rail';
import { RelativeTime } from '../../../ui/RelativeTime';
import { FailureState } from '../../../ui/States';
import { usePlace } from '../../place';

export function Delivered({ flag }: { flag: Flag }) {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(connectionsQuery(project.key, environment.key));
  const config = flag.environments?.[environment.key];
  return (
    <section aria-label={words.delivered}>
      <h2>
        <Link to={paths.connections(project.key, environment.key)}>{words.delivered}</Link>
        {config && (
          <span>
            {words.version(config.version)}, <RelativeTime at={config.lastModified} />
          </span>
        )}
      </h2>
      {data === undefined && error && <FailureState what={connectionWords.theConnections} error={error} onRetry={refetch} />}
      {data && <p>{data.streams.connections + data.polling.connections === 0 ? words.noOne : <Holders found={data} />}</p>}
    </section>
  );
}

function Holders({ found: { streams, polling, changes } }: { found: Connections }) {
  const [last] = changes;
  const isAll = streams.upToDate === streams.connections;
  const many = counted(streams.connections, 'stream');
  return (
    <>
      {streams.connections > 0 && (
        <>
          <b>{isAll ? words.allStreams(streams.connections, many) : words.someStreams(count(streams.upToDate), many)}</b>
          {isAll && last && last.deliveries > 0 && words.lastAfter(last.lag.max)}.{' '}
        </>
      )}
      {polling.connections > 0 && words.polling(count(polling.upToDate), count(polling.connections))}
    </>
  );
}
