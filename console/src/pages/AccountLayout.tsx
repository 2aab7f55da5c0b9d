// The frame of pages that are about no environment: they show neither its picker nor its line.
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy } from 'react';
import { Outlet, useLocation } from 'react-router';
import { environmentsQuery, projectQuery, projectsQuery } from '../api/places';
import { lastPlace, usualEnvironment, type Place } from '../components/place';
import { useUnseen } from '../components/shell/seen';
import { Shell } from '../components/shell/Shell';
import { readLate } from '../ui/readLate';

const Unseen = lazy(() => readLate(() => import('../components/shell/Unseen')));

export default function AccountLayout() {
  const unseen = useUnseen(useLocation().pathname);
  const first = useQuery({ ...projectsQuery(), enabled: lastPlace() === undefined }).data?.items[0];
  const key = lastPlace()?.project ?? first?.key ?? '';
  const project = useQuery({ ...projectQuery(key), enabled: key !== '' }).data;
  const environments = useQuery({ ...environmentsQuery(key), enabled: key !== '' }).data?.items;
  const environment = environments && usualEnvironment(key, environments);
  const place: Place | undefined = project && environments && environment && { project, environments, environment };
  return (
    <Shell place={place} hasEnvironment={false}>
      {unseen ? (
        <Suspense fallback={null}>
          <Unseen item={unseen} />
        </Suspense>
      ) : (
        <Outlet />
      )}
    </Shell>
  );
}
