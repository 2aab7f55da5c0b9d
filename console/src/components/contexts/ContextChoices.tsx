// What contexts can be searched by besides their keys: kinds, and attributes with their values as they were seen.
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { attributeNamesQuery, attributeValuesQuery, type ContextPlace } from '../../api/contexts';
import { contextKindsQuery } from '../../api/projects';
import type { ContextFilters } from '../../format/contextFilters';
import { contextWords as words } from '../../strings/contexts';
import { FilterChoice } from '../FilterChoice';

export function ContextChoices({ place, chosen }: { place: ContextPlace; chosen: ContextFilters }) {
  const [, setSearch] = useSearchParams();
  const kinds = useQuery(contextKindsQuery(place.project)).data?.items ?? [];
  const names = useQuery(attributeNamesQuery(place)).data?.items ?? [];
  const values = useQuery(attributeValuesQuery(place, chosen.attribute)).data?.items ?? [];
  const ofKind = <T extends { kind: string }>(items: T[]) => items.filter(({ kind }) => chosen.kind === '' || kind === chosen.kind);
  const set = (change: Partial<ContextFilters>) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      Object.entries(change).forEach(([name, value]) => (value === '' ? after.delete(name) : after.set(name, value)));
      return after;
    });
  const attributes = [...new Set(ofKind(names).flatMap((one) => one.names.map(({ name }) => name)))];
  const seen = [...new Set(ofKind(values).flatMap((one) => one.values.map(({ name }) => JSON.stringify(name))))];
  const plain = (texts: string[]) => texts.map((text) => ({ key: text, name: text }));
  return (
    <>
      <FilterChoice
        what={words.kind}
        chosen={chosen.kind}
        choices={kinds.map(({ key, name }) => ({ key, name }))}
        onChoose={(kind) => set({ kind, attribute: '', value: '' })}
      />
      <FilterChoice
        what={words.attribute}
        chosen={chosen.attribute}
        choices={plain(attributes)}
        onChoose={(attribute) => set({ attribute, value: '' })}
      />
      {chosen.attribute !== '' && (
        <FilterChoice what={words.value} chosen={chosen.value} choices={plain(seen)} onChoose={(value) => set({ value })} />
      )}
    </>
  );
}
