// The filters and the order of the list of flags; all of them are in the address.
import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memberName } from '../../../api/auth';
import { membersQuery, tagsQuery } from '../../../api/choices';
import { isFiltered, STATUSES, type FlagFilters as Filters } from '../../../format/flagFilters';
import { flagListWords as words } from '../../../strings/flagList';
import { FilterChoice } from '../../FilterChoice';

const WAIT = 120; // milliseconds after the last key

export interface FlagFiltersProps {
  filters: Filters;
  onChange: (name: keyof Filters, value: string) => void;
}

export default function FlagFilters({ filters, onChange }: FlagFiltersProps) {
  const statuses = STATUSES.map((key) => ({ key, name: words.statuses[key] ?? key }));
  return (
    <>
      <FilterChoice what={words.status} chosen={filters.status} choices={statuses} onChoose={(key) => onChange('status', key)} />
      <TagChoice chosen={filters.tag} onChoose={(key) => onChange('tag', key)} />
      <MaintainerChoice chosen={filters.maintainer} onChoose={(key) => onChange('maintainer', key)} />
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

interface ChoiceProps {
  chosen: string;
  onChoose: (key: string) => void;
}

function TagChoice(props: ChoiceProps) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, WAIT);
  const tags = useQuery(tagsQuery('flag', settled));
  const choices = (tags.data?.items ?? []).map((tag) => ({ key: tag, name: tag }));
  return <FilterChoice {...props} what={words.tag} choices={choices} onSearch={setText} asked={tags} />;
}

function MaintainerChoice(props: ChoiceProps) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, WAIT);
  const members = useQuery(membersQuery(settled));
  const choices = (members.data?.items ?? []).map((member) => ({ key: member._id, name: memberName(member) }));
  return (
    <FilterChoice {...props} what={words.maintainer} choices={choices} chosenName={words.someone} onSearch={setText} asked={members} />
  );
}
