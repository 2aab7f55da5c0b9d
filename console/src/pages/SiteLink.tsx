// Addresses that links of the API have, `/{p}/{e}/features/{f}`, `/{p}/{e}/users/{u}`, `/{p}/{e}/context-instances/{i}` and
// `/{p}/metrics/{m}`: on to the pages of these things.
import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import { instanceQuery } from '../api/contexts';
import { usePlace } from '../components/place';
import { specifierPart } from '../format/specifiers';
import { partsOf, type Context } from '../format/tryContext';
import { paths } from '../paths';
import { contextWords as words } from '../strings/contexts';
import { linkTo } from '../ui/address';
import { FailureState, LoadingState } from '../ui/States';

export default function SiteLink() {
  const { project, environment } = usePlace();
  const { feature, user = '', instance, metric } = useParams();
  if (instance !== undefined) return <InstanceLink id={instance} />;
  if (feature !== undefined) return <Navigate to={paths.flag(project.key, environment.key, feature)} replace />;
  if (metric === undefined) return <Navigate to={paths.context(project.key, environment.key, 'user', user)} replace />;
  const resource = `proj/${specifierPart(project.key)}:metric/${specifierPart(metric)}`; // it has no page yet but its history
  return <Navigate to={paths.audit(project.key) + linkTo(new URLSearchParams(), { resource })} replace />;
}

/** Contexts that came together are shown with each of them: the first is as good as the others. */
function InstanceLink({ id }: { id: string }) {
  const { project, environment } = usePlace();
  const { data, error, refetch } = useQuery(instanceQuery({ project: project.key, environment: environment.key }, id));
  if (error) return <FailureState what={words.theContexts} error={error} onRetry={refetch} />;
  if (data === undefined) return <LoadingState />;
  const [seen] = data.items;
  const [found] = seen === undefined ? [] : partsOf(seen.context as Context);
  const to =
    found === undefined
      ? paths.contexts(project.key, environment.key)
      : paths.context(project.key, environment.key, found.kind, found.key);
  return <Navigate to={to} replace />;
}
