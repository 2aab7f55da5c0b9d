// `/account/projects?q&new`: every project that the reader may see.
import { IconFolder } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import type { Project } from '../api/places';
import { projectPageQuery } from '../api/projects';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { ProjectForm } from '../forms/ProjectForm';
import { counted } from '../format/number';
import { paths } from '../paths';
import { projectWords as words } from '../strings/projects';
import { shell } from '../strings/shell';
import { CreateButton } from '../ui/CreateButton';
import { Dialog } from '../ui/Dialog';
import { useAddress } from '../ui/address';
import { PagedTable } from '../ui/PagedTable';
import { usePages } from '../ui/pages';
import { EmptyState } from '../ui/States';

export default function ProjectsPage() {
  const [search, change] = useAddress();
  const navigate = useNavigate();
  const { text, settled, setText } = useFilterText();
  const pages = usePages<Project>((offset, limit) => projectPageQuery(settled, offset, limit));
  const refusal = useRefusal('createProject', 'proj/*');
  const open = () => change({ new: 'project' });
  const filter = (
    <FilterBar label={words.filter} text={text} onChange={setText} summary={words.total(counted(pages.known, 'project'))} />
  );
  return (
    <Page title={words.projects} description={words.about} actions={<CreateButton label={words.create} onClick={open} refusal={refusal} />} isFilling below={filter}>
      <PagedTable
        pages={pages}
        what={words.theProjects}
        label={words.projects}
        columns={COLUMNS}
        rowKey={(project) => project.key}
        empty={
          settled === '' ? (
            <EmptyState icon={IconFolder} title={shell.noProjectsTitle} text={shell.noProjectsText} />
          ) : (
            <NoMatch icon={IconFolder} title={words.noneMatch(settled)} onClear={() => setText('')} />
          )
        }
      />
      {search.has('new') && refusal === undefined && (
        <Dialog title={words.create} onClose={() => change({ new: undefined })} closesOutside={false}>
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
