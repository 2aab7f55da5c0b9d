// How much there is of what a line of the sidebar leads to: flags, segments, connections.
import { useQuery } from '@tanstack/react-query';
import { connectionsQuery } from '../../api/connections';
import { flagRowsQuery } from '../../api/flagRows';
import { segmentPageQuery } from '../../api/segments';
import { readFilters } from '../../format/flagFilters';
import { count } from '../../format/number';
import type { Counted } from './navigation';
import classes from './shell.module.css';

interface Place {
  project: string;
  environment: string;
}

const ALL = readFilters(new URLSearchParams());
const CONNECTIONS_EVERY = 30_000; // milliseconds; its own page asks more often

/** Nothing where it is not known, or may not be. */
export default function Counts({ of, place }: { of: Counted; place: Place }) {
  const Shown = COUNTS[of];
  return <Shown {...place} />;
}

const COUNTS: Record<Counted, (place: Place) => React.ReactNode> = { flags: Flags, segments: Segments, connections: Connections };

function Flags({ project, environment }: Place) {
  const { data } = useQuery(flagRowsQuery(project, environment, ALL, 0, 1));
  return <Count many={data?.totalCount} />;
}

function Segments({ project, environment }: Place) {
  const { data } = useQuery(segmentPageQuery(project, environment, '', 0, 1));
  return <Count many={data?.totalCount} />;
}

function Connections({ project, environment }: Place) {
  const { data } = useQuery({ ...connectionsQuery(project, environment), refetchInterval: CONNECTIONS_EVERY });
  return <Count many={data && data.streams.connections + data.polling.connections} />;
}

const Count = ({ many = 0 }: { many: number | undefined }) =>
  many > 0 && <span className={`${classes.count} ${classes.wide}`}>{count(many)}</span>;
