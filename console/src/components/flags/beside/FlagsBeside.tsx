// The list beside a flag, where the window is wide: one goes from flag to flag and stays on the same tab.
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { flagRowsQuery, type FlagRow } from '../../../api/flagRows';
import { isFiltered, readFilters } from '../../../format/flagFilters';
import { counted } from '../../../format/number';
import { besideWords as words } from '../../../strings/beside';
import { flagListWords } from '../../../strings/flagList';
import { flagWords } from '../../../strings/flags';
import { filterWords } from '../../../strings/filters';
import { PagedTable } from '../../../ui/PagedTable';
import { usePages } from '../../../ui/pages';
import { useGlowing } from '../../Following';
import { NoMatch } from '../../NoMatch';
import { usePlace } from '../../place';
import { lastView } from '../list/lastView';
import classes from './beside.module.css';
import { besideColumns } from './columns';

const WAIT = 120; // milliseconds after the last key

export default function FlagsBeside({ current, tab }: { current: string; tab: string }) {
  const place = usePlace();
  const { project, environment } = place;
  const [view, setView] = useState(() => readFilters(new URLSearchParams(lastView(project.key))));
  const [q] = useDebouncedValue(view.q, WAIT);
  const filters = { ...view, q };
  const pages = usePages<FlagRow>(
    (offset, limit) => flagRowsQuery(project.key, environment.key, filters, offset, limit),
    `${project.key}/${environment.key}`,
  );
  const glowing = useGlowing('flag', project.key, environment.key);
  const columns = useMemo(() => besideColumns(place, current, tab), [place, current, tab]);
  const showAll = () => setView({ ...readFilters(new URLSearchParams()), sort: view.sort });
  return (
    <section aria-label={words.list} className={classes.list}>
      <div className={classes.filter}>
        <TextInput
          type="search"
          aria-label={flagWords.filter}
          placeholder={flagWords.filter}
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={view.q}
          onChange={(event) => setView({ ...view, q: event.currentTarget.value })}
        />
        <span role="status" className={classes.count}>
          {counted(pages.known, 'flag')}
          {isFiltered({ ...view, q: '' }) && (
            <button type="button" className={classes.all} onClick={showAll}>
              {words.showAll}
            </button>
          )}
        </span>
      </div>
      <PagedTable
        pages={pages}
        what={flagWords.theFlags}
        label={flagWords.flags}
        columns={columns}
        rowKey={(flag) => flag.key}
        glowing={glowing}
        empty={<NoMatch title={flagListWords.noneFits} clear={filterWords.clear} onClear={showAll} />}
      />
    </section>
  );
}
