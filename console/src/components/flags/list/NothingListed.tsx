// What stands in the list of flags where it has none: how to make the first, or how to see those that do not fit.
import { Button } from '@mantine/core';
import { IconFlag, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { isFiltered, type FlagFilters } from '../../../format/flagFilters';
import { paths } from '../../../paths';
import { filterWords } from '../../../strings/filters';
import { flagListWords } from '../../../strings/flagList';
import { flagWords as words } from '../../../strings/flags';
import { EmptyState } from '../../../ui/States';
import { NoMatch } from '../../NoMatch';
import { usePlace } from '../../place';
import MayCreate from './MayCreate';

export default function NothingListed({ filters, onClear }: { filters: FlagFilters; onClear: () => void }) {
  const { project, environment } = usePlace();
  if (isFiltered(filters)) return <NoMatch title={whyNone(filters)} clear={filterWords.clear} onClear={onClear} />;
  const action = (
    <MayCreate>
      <Button component={Link} to={paths.newFlag(project.key, environment.key)} leftSection={<IconPlus size={16} />}>
        {words.createFirst}
      </Button>
    </MayCreate>
  );
  return <EmptyState icon={IconFlag} title={words.noneTitle} text={words.noneText} action={action} />;
}

/** What is said where nothing fits; of a text alone it is told. */
const whyNone = (filters: FlagFilters): string =>
  isFiltered({ ...filters, q: '' }) ? flagListWords.noneFits : words.noneMatch(filters.q);
