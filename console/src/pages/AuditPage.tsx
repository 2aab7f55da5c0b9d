// `/{p}/audit/{id}?q&env&who&act&resource&at`: who changed what, when and why, in a project or everywhere.
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { auditEntryQuery, auditQuery } from '../api/audit';
import { AuditFilters } from '../components/audit/AuditFilters';
import { AuditList } from '../components/audit/AuditList';
import { AuditRow } from '../components/audit/AuditRow';
import classes from '../components/audit/audit.module.css';
import { ChainWarning, Verification } from '../components/audit/Verification';
import { FilterBar, useFilterText } from '../components/FilterBar';
import { NoMatch } from '../components/NoMatch';
import { Page } from '../components/Page';
import { usePlace } from '../components/place';
import { auditQueryOf, isAuditFiltered, readAuditFilters } from '../format/auditFilters';
import { paths } from '../paths';
import { auditWords as words } from '../strings/audit';
import { filterWords } from '../strings/filters';
import { EmptyState, FailureState, LoadingState } from '../ui/States';
import { nothing, useAddress } from '../ui/address';

export default function AuditPage() {
  const { project } = usePlace();
  const { entry: open = '' } = useParams();
  const navigate = useNavigate();
  const [search, change] = useAddress();
  const { text, settled, setText } = useFilterText();
  const filters = { ...readAuditFilters(search), q: settled };
  const pages = useInfiniteQuery(auditQuery(auditQueryOf(filters, project.key)));
  const entries = pages.data?.pages.flatMap(({ items }) => items);
  const openEntry = (id: string) =>
    void navigate({ pathname: paths.audit(project.key, id), search: search.toString() }, { preventScrollReset: true });
  const clear = () => {
    setText('');
    change(nothing, true);
  };
  return (
    <Page
      title={words.audit}
      actions={<Verification />}
      below={
        <FilterBar label={words.filter} text={text} onChange={setText} summary={words.newOnTop}>
          <AuditFilters
            filters={filters}
            onChange={(name, value) => change({ [name]: value }, true)}
          />
        </FilterBar>
      }
    >
      <ChainWarning />
      {open !== '' && entries?.every(({ _id }) => _id !== open) && <Apart id={open} onOpen={openEntry} />}
      {entries === undefined && !pages.error && <LoadingState rows={8} height={42} />}
      {entries === undefined && pages.error && (
        <FailureState what={words.theLog} error={pages.error} onRetry={pages.refetch} />
      )}
      {entries?.length === 0 && <Nothing isFiltered={isAuditFiltered(filters)} onClear={clear} />}
      {entries !== undefined && entries.length > 0 && (
        <AuditList
          entries={entries}
          open={open}
          onOpen={openEntry}
          older={{ isThere: pages.hasNextPage, isLoading: pages.isFetchingNextPage, load: pages.fetchNextPage }}
        />
      )}
    </Page>
  );
}

/** The entry of the address, where the list does not have it. */
function Apart({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const { data, error, refetch } = useQuery(auditEntryQuery(id));
  return (
    <section aria-label={words.apart} className={classes.list}>
      <h2 className={classes.day}>{words.apart}</h2>
      {data && <AuditRow entry={data} isOpen onOpen={onOpen} />}
      {!data && error && <FailureState what={words.theEntry} error={error} onRetry={refetch} />}
      {!data && !error && <LoadingState rows={2} />}
    </section>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (!isFiltered) return <EmptyState icon={IconHistory} title={words.noneTitle} text={words.noneText} />;
  return <NoMatch title={words.noneFits} clear={filterWords.clear} onClear={onClear} />;
}
