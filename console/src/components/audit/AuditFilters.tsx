// The filters of the audit log; all of them are in the address.
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memberName } from '../../api/auth';
import { membersQuery } from '../../api/choices';
import { ACCOUNT, ACTS, type AuditFilterName, type AuditFilters as Filters } from '../../format/auditFilters';
import { fromLocalTime, localTime } from '../../format/time';
import { auditWords as words } from '../../strings/audit';
import { Swatch } from '../../ui/Swatch';
import { FilterChoice } from '../FilterChoice';
import { FilterField } from '../FilterField';
import { usePlace } from '../place';

const WAIT = 120; // milliseconds after the last key

export interface AuditFiltersProps {
  filters: Filters;
  onChange: (name: AuditFilterName, value: string) => void;
}

export function AuditFilters({ filters, onChange }: AuditFiltersProps) {
  const { environments } = usePlace();
  const places = [
    ...environments.map(({ key, name, color }) => ({ key, name, mark: <Swatch color={color} /> })),
    { key: ACCOUNT, name: words.account },
  ];
  return (
    <>
      <FilterChoice what={words.environment} chosen={filters.env} choices={places} onChoose={(key) => onChange('env', key)} />
      <PersonChoice chosen={filters.who} onChoose={(id) => onChange('who', id)} />
      <FilterChoice
        what={words.act}
        chosen={filters.act}
        choices={ACTS.map((key) => ({ key, name: words.acts[key] }))}
        onChoose={(key) => onChange('act', key)}
      />
      <FilterField
        what={words.resource}
        hint={words.resourceHint}
        value={filters.resource}
        onApply={(text) => onChange('resource', text)}
      />
      <FilterField
        what={words.until}
        hint={words.untilHint}
        type="datetime-local"
        value={filters.at === undefined ? '' : localTime(filters.at)}
        onApply={(text) => onChange('at', text === '' ? '' : String(fromLocalTime(text)))}
      />
    </>
  );
}

function PersonChoice(props: { chosen: string; onChoose: (id: string) => void }) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, WAIT);
  const members = useQuery(membersQuery(settled));
  const choices = (members.data?.items ?? []).map((member) => ({ key: member._id, name: memberName(member) }));
  return (
    <FilterChoice {...props} what={words.person} choices={choices} chosenName={words.someone} onSearch={setText} asked={members} />
  );
}
