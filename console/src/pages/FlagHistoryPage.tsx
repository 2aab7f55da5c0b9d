// `.../flags/{f}/history?all&entry&version`: the versions of a flag, who made them and why, and going back to one.
import { SegmentedControl } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { auditQuery } from '../api/audit';
import { AuditList } from '../components/audit/AuditList';
import classes from '../components/audit/audit.module.css';
import { useFlag } from '../components/flags/flag';
import { usePlace } from '../components/place';
import { entryOfVersion } from '../format/audit';
import { historySpec } from '../format/auditFilters';
import { auditWords as words } from '../strings/audit';
import { EmptyState, FailureState, LoadingState } from '../ui/States';
import { useAddress } from '../ui/address';

const HERE = 'here';
const ALL = 'all';
const NONE = 'none'; // in the address once what a version opened was closed

export default function FlagHistoryPage() {
  const { project, environment } = usePlace();
  const flag = useFlag();
  const [search, change] = useAddress();
  const isAll = search.has(ALL);
  const spec = historySpec(project.key, isAll ? undefined : environment.key, flag.key);
  const pages = useInfiniteQuery(auditQuery({ spec }));
  const entries = pages.data?.pages.flatMap(({ items }) => items);
  const ofVersion = entryOfVersion(entries ?? [], environment.key, Number(search.get('version') ?? ''));
  const open = search.get('entry') ?? ofVersion?._id ?? NONE;
  const openEntry = (id: string) =>
    change({ version: undefined, entry: id === '' ? NONE : id }, true);
  return (
    <>
      <div className={classes.bar}>
        <span id="history-where">{words.where}</span>
        <SegmentedControl
          aria-labelledby="history-where"
          size="xs"
          value={isAll ? ALL : HERE}
          data={[
            { value: HERE, label: environment.name },
            { value: ALL, label: words.everywhere },
          ]}
          onChange={(value) => change({ [ALL]: value === ALL ? 'true' : undefined, entry: undefined, version: undefined }, true)}
        />
      </div>
      {entries === undefined && !pages.error && <LoadingState rows={6} height={42} />}
      {entries === undefined && pages.error && (
        <FailureState what={words.theHistory} error={pages.error} onRetry={pages.refetch} />
      )}
      {entries?.length === 0 && <EmptyState icon={IconHistory} title={words.noneInHistory} text={words.noneText} />}
      {entries !== undefined && entries.length > 0 && (
        <AuditList
          entries={entries}
          open={open}
          onOpen={openEntry}
          older={{ isThere: pages.hasNextPage, isLoading: pages.isFetchingNextPage, load: pages.fetchNextPage }}
        />
      )}
    </>
  );
}
