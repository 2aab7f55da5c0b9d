// `/account/projects?q&new`: every project that the reader may see.
import { Button } from '@mantine/core';
import { IconFolder, IconPlus } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useNavigate, useSearchParams } from 'react-router';
import type { Project } from '../api/places';
import { projectPageQuery } from '../api/projects';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { Page } from '../components/Page';
import { ProjectForm } from '../forms/ProjectForm';
import { counted } from '../format/number';
import { paths } from '../paths';
import { projectWords as words } from '../strings/projects';
import { DataTable } from '../ui/DataTable';
import { Dialog } from '../ui/Dialog';
import { Keys } from '../ui/KeyPill';
import { usePages } from '../ui/pages';
import { useShortcuts } from '../ui/shortcuts';
import { EmptyState, FailureState } from '../ui/States';

export default function ProjectsPage() {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const { text, settled, setText } = useFilterText();
  const pages = usePages<Project>((offset, limit) => projectPageQuery(settled, offset, limit));
  const open = () => setSearch({ new: '' });
  useShortcuts([{ keys: 'c', label: words.create, run: open }]);
  const create = (
    <Button leftSection={<IconPlus size={16} />} rightSection={<Keys keys="c" />} onClick={open}>
      {words.create}
    </Button>
  );
  const clear = (
    <Button variant="default" onClick={() => setText('')}>
      {words.clear}
    </Button>
  );
  const filter = (
    <FilterBar label={words.filter} text={text} onChange={setText} summary={words.total(counted(pages.total, 'project'))} />
  );
  return (
    <Page title={words.projects} description={words.about} actions={create} isFilling below={filter}>
      {pages.error ? (
        <FailureState what={words.theProjects} error={pages.error} onRetry={pages.refetch} />
      ) : (
        <DataTable
          {...pages}
          label={words.projects}
          columns={COLUMNS}
          rowKey={(project) => project.key}
          empty={<EmptyState icon={IconFolder} title={words.noneMatch(settled)} action={clear} />}
        />
      )}
      {search.has('new') && (
        <Dialog title={words.create} onClose={() => setSearch({})} closesOutside={false}>
          <ProjectForm onDone={(key) => void navigate(paths.anyFlags(key))} />
        </Dialog>
      )}
    </Page>
  );
}

const COLUMNS: ColumnDef<Project>[] = [
  {
    id: 'project',
    header: words.project,
    meta: { track: 'minmax(180px, 3fr)' },
    cell: ({ row: { original: project } }) => (
      <NameCell name={project.name} resourceKey={project.key} tags={project.tags} to={paths.anyFlags(project.key)} />
    ),
  },
];
