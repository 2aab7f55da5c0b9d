// The frame of the pages of a project: it finds project and environment of the address, once for all of them.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { Outlet, useParams } from 'react-router';
import { environmentsQuery, projectQuery, type Environment, type Project } from '../api/places';
import { Page } from '../components/Page';
import { PlaceContext, rememberPlace, usualEnvironment, type Place } from '../components/place';
import { Shell } from '../components/shell/Shell';
import { Failure } from '../format/failure';
import { keyOf } from '../paths';
import { shell } from '../strings/shell';
import { EmptyState, FailureState, LoadingState } from '../ui/States';
import HomeLink from './HomeLink';

const ANY = '~'; // stands for an environment in links to a whole flag

function findPlace(project?: Project, environments?: Environment[], named = ANY): Place | undefined {
  if (project === undefined || environments === undefined) return undefined;
  const environment =
    named === ANY ? usualEnvironment(project.key, environments) : environments.find((one) => one.key === named);
  return environment && { project, environments, environment };
}

export default function PlaceLayout() {
  const params = useParams();
  const projectKey = keyOf(params.project ?? '');
  const named = params.environment === undefined ? undefined : keyOf(params.environment);
  const project = useQuery(projectQuery(projectKey));
  const environments = useQuery(environmentsQuery(projectKey));
  const all = environments.data?.items;
  const place = useMemo(() => findPlace(project.data, all, named), [project.data, all, named]);
  useEffect(() => {
    if (place) rememberPlace(place.project.key, place.environment.key);
  }, [place]);
  const page = useMemo(() => place && <PlaceContext value={place} children={<Outlet />} />, [place]);
  if (place) return <Shell place={place} hasEnvironment={named !== undefined} children={page} />;
  const error = project.error ?? environments.error;
  const isMissing = error instanceof Failure && error.status === 404;
  const missing = isMissing
    ? { title: shell.noProject(projectKey), text: shell.noProjectText(projectKey) }
    : { title: shell.noEnvironment(named ?? '', project.data?.name ?? projectKey) };
  return (
    <Shell place={undefined} hasEnvironment={false}>
      {error && !isMissing && (
        <FailureState
          what={shell.theProject}
          error={error}
          onRetry={() => Promise.all([project.refetch(), environments.refetch()])}
        />
      )}
      {!error && (project.isPending || environments.isPending) && <LoadingState rows={8} />}
      {(isMissing || (project.data && all)) && (
        <Page title={shell.notFoundTitle}>
          <EmptyState {...missing} action={<HomeLink />} />
        </Page>
      )}
    </Shell>
  );
}
