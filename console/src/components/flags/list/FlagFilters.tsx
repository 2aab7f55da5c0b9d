// The filters and the order of the list of flags; all of them are in the address.
import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { memberName } from '../../../api/auth';
import { membersQuery, tagsQuery } from '../../../api/choices';
import { isFiltered, STATUSES, type FlagFilters as Filters } from '../../../format/flagFilters';
import { flagListWords as words } from '../../../strings/flagList';
import { FilterChoice } from '../../FilterChoice';

const WAIT = 120; // milliseconds after the last key

export interface FlagFiltersProps {
  filters: Filters;
  /** The same function from drawing to drawing. */
  onChange: (name: keyof Filters, value: string) => void;
}

export default function FlagFilters({ filters, onChange }: FlagFiltersProps) {
  return (
    <>
      <StatusChoice chosen={filters.status} onChange={onChange} />
      <TagChoice chosen={filters.tag} onChange={onChange} />
      <MaintainerChoice chosen={filters.maintainer} onChange={onChange} />
      {filters.archived && isNarrowed(filters) && (
        <Button variant="light" size="xs" rightSection={<IconX size={14} aria-hidden />} onClick={() => onChange('archived', '')}>
          {words.archived}
        </Button>
      )}
    </>
  );
}

/** Whether more is asked for than the archive, which has its own tab. */
const isNarrowed = (filters: Filters) => isFiltered({ ...filters, archived: false });

type ChoiceProps = Pick<FlagFiltersProps, 'onChange'> & { chosen: string };

// None of them is drawn anew for every letter of the text beside them.
const StatusChoice = memo(function StatusChoice({ chosen, onChange }: ChoiceProps) {
  const choices = STATUSES.map((key) => ({ key, name: words.statuses[key] ?? key }));
  return <FilterChoice what={words.status} chosen={chosen} choices={choices} onChoose={(key) => onChange('status', key)} />;
});

const TagChoice = memo(function TagChoice({ chosen, onChange }: ChoiceProps) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, WAIT);
  const tags = useQuery(tagsQuery('flag', settled));
  const choices = (tags.data?.items ?? []).map((tag) => ({ key: tag, name: tag }));
  return (
    <FilterChoice what={words.tag} chosen={chosen} choices={choices} onChoose={(key) => onChange('tag', key)} onSearch={setText} asked={tags} />
  );
});

const MaintainerChoice = memo(function MaintainerChoice({ chosen, onChange }: ChoiceProps) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, WAIT);
  const members = useQuery(membersQuery(settled));
  const choices = (members.data?.items ?? []).map((member) => ({ key: member._id, name: memberName(member) }));
  return (
    <FilterChoice
      what={words.maintainer}
      chosen={chosen}
      choices={choices}
      chosenName={words.someone}
      onChoose={(key) => onChange('maintainer', key)}
      onSearch={setText}
      asked={members}
    />
  );
});
