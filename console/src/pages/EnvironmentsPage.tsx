// `/{p}/environments?q&new`: the environments of a project.
import { IconShield } from '@tabler/icons-react';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useRefusal } from '../api/may';
import { environmentPageQuery } from '../api/environments';
import type { Environment } from '../api/places';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NameCell } from '../components/NameCell';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { EnvironmentForm } from '../forms/EnvironmentForm';
import { counted } from '../format/number';
import { paths } from '../paths';
import { environmentWords as words } from '../strings/environments';
import { shell } from '../strings/shell';
import { CreateButton } from '../ui/CreateButton';
import { Dialog } from '../ui/Dialog';
import { useAddress } from '../ui/address';
import { PagedTable } from '../ui/PagedTable';
import { usePages } from '../ui/pages';
import { Swatch } from '../ui/Swatch';
import classes from './environments.module.css';

export default function EnvironmentsPage() {
  const { project, environments } = usePlace();
  const [search, change] = useAddress();
  const navigate = useNavigate();
  const { text, settled, setText } = useFilterText();
  const pages = usePages<Environment>(
    (offset, limit) => environmentPageQuery(project.key, settled, offset, limit),
    project.key,
  );
  const columns = useMemo(() => environmentColumns(project.key), [project.key]);
  const refusal = useRefusal('createEnvironment', `proj/${project.key}:env/*`);
  const open = () => change({ new: 'environment' });
  const close = () => change({ new: undefined });
  const filter = (
    <FilterBar label={words.filter} text={text} onChange={setText} summary={words.total(counted(pages.known, 'environment'))} />
  );
  return (
    <Page title={words.environments} description={words.about} actions={<CreateButton label={words.create} onClick={open} refusal={refusal} />} isFilling below={filter}>
      <PagedTable
        pages={pages}
        what={words.theEnvironments}
        label={words.environments}
        columns={columns}
        rowKey={(environment) => environment.key}
        empty={<NoMatch title={words.noneMatch(settled)} onClear={() => setText('')} />}
      />
      {search.has('new') && refusal === undefined && (
        <Dialog title={words.create} onClose={close} closesOutside={false}>
          <EnvironmentForm
            project={project}
            environments={environments}
            onDone={(made) => void navigate(paths.environment(project.key, made.key))}
          />
        </Dialog>
      )}
    </Page>
  );
}

function environmentColumns(project: string): ColumnDef<Environment>[] {
  return [
    {
      id: 'environment',
      header: words.environment,
      meta: { track: 'minmax(180px, 3fr)' },
      cell: ({ row: { original: environment } }) => (
        <div className={classes.name}>
          <Swatch color={environment.color} />
          <NameCell
            name={environment.name}
            resourceKey={environment.key}
            tags={environment.tags}
            to={paths.environment(project, environment.key)}
          />
        </div>
      ),
    },
    {
      id: 'critical',
      header: words.critical,
      meta: { track: '110px' },
      cell: ({ row: { original: environment } }) =>
        environment.critical && (
          <span className={classes.name}>
            <IconShield size={14} stroke={1.6} role="img" aria-label={shell.critical} /> {words.critical}
          </span>
        ),
    },
    {
      id: 'asks',
      header: words.asks,
      meta: { track: 'minmax(120px, 1fr)', hideOn: 'phone' },
      cell: ({ row: { original: environment } }) =>
        [environment.confirmChanges && words.confirmation, environment.requireComments && words.comment].filter(Boolean).join(', '),
    },
    {
      id: 'ttl',
      header: words.ttl,
      meta: { track: '110px', hideOn: 'tablet' },
      cell: ({ row: { original: environment } }) => words.minutes(environment.defaultTtl),
    },
  ];
}
