// Says where a statement names projects that are not there: it then does nothing for them.
import { useQuery } from '@tanstack/react-query';
import { projectsQuery } from '../../api/places';
import { unknownProjects } from '../../format/specifiers';
import { policyWords as words } from '../../strings/policy';
import { Note } from '../../ui/Note';

export function Unmatched({ resources }: { resources: readonly string[] }) {
  const { data } = useQuery({ ...projectsQuery(), staleTime: 60_000 });
  if (data === undefined || data.totalCount > data.items.length) return null;
  const unknown = unknownProjects(resources, data.items.map(({ key }) => key));
  return unknown.length === 0 ? null : <Note tone="warn">{words.unmatched(unknown.join(', '))}</Note>;
}
