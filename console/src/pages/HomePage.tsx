// `/`: on to the last project and environment, or to the first; to the first steps where there is no flag yet.
import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import { flagPageQuery } from '../api/flags';
import { environmentsQuery, projectsQuery } from '../api/places';
import { Page } from '../components/Page';
import { lastPlace, usualEnvironment } from '../components/place';
import { Shell } from '../components/shell/Shell';
import { paths } from '../paths';
import { shell } from '../strings/shell';
import { EmptyState, FailureState, LoadingState } from '../ui/States';

export default function HomePage() {
  const projects = useQuery(projectsQuery());
  const found = projects.data?.items;
  const project = found?.find((one) => one.key === lastPlace()?.project) ?? found?.[0];
  const environments = useQuery({ ...environmentsQuery(project?.key ?? ''), enabled: project !== undefined });
  const environment = project && environments.data && usualEnvironment(project.key, environments.data.items);
  const isFirst = lastPlace() === undefined;
  const place = { project: project?.key ?? '', environment: environment?.key ?? '' };
  const flags = useQuery({ ...flagPageQuery(place.project, [], {}, 0, 1), enabled: isFirst && environment !== undefined });
  if (project && environment && !(isFirst && flags.isPending)) {
    const isEmpty = isFirst && flags.data?.totalCount === 0;
    return <Navigate to={isEmpty ? paths.welcome() : paths.flags(place.project, place.environment)} replace />;
  }
  const error = projects.error ?? environments.error;
  return (
    <Shell place={undefined} hasEnvironment={false}>
      <Page title={shell.projects}>
        {error && <FailureState what={shell.theProjects} error={error} onRetry={projects.refetch} />}
        {!error && found?.length === 0 && <EmptyState title={shell.noProjectsTitle} text={shell.noProjectsText} />}
        {!error && found?.length !== 0 && <LoadingState rows={8} />}
      </Page>
    </Shell>
  );
}
