// What contexts can be searched by besides their keys: kinds, and attributes with their values as they were seen.
import { useQuery } from '@tanstack/react-query';
import { attributeNamesQuery, attributeValuesQuery, type ContextPlace } from '../../api/contexts';
import { contextKindsQuery } from '../../api/projects';
import type { ContextFilters } from '../../format/contextFilters';
import { contextWords as words } from '../../strings/contexts';
import { useAddress } from '../../ui/address';
import { FilterChoice } from '../FilterChoice';

export function ContextChoices({ place, chosen }: { place: ContextPlace; chosen: ContextFilters }) {
  const [, change] = useAddress();
  const kinds = useQuery(contextKindsQuery(place.project));
  const names = useQuery(attributeNamesQuery(place));
  const values = useQuery(attributeValuesQuery(place, chosen.attribute));
  const ofKind = <T extends { kind: string }>(items: T[] = []) => items.filter(({ kind }) => chosen.kind === '' || kind === chosen.kind);
  const attributes = [...new Set(ofKind(names.data?.items).flatMap((one) => one.names.map(({ name }) => name)))];
  const seen = [...new Set(ofKind(values.data?.items).flatMap((one) => one.values.map(({ name }) => JSON.stringify(name))))];
  const plain = (texts: string[]) => texts.map((text) => ({ key: text, name: text }));
  return (
    <>
      <FilterChoice
        what={words.kind}
        chosen={chosen.kind}
        choices={(kinds.data?.items ?? []).map(({ key, name }) => ({ key, name }))}
        asked={kinds}
        onChoose={(kind) => change({ kind, attribute: '', value: '' })}
      />
      <FilterChoice
        what={words.attribute}
        chosen={chosen.attribute}
        choices={plain(attributes)}
        asked={names}
        onChoose={(attribute) => change({ attribute, value: '' })}
      />
      {chosen.attribute !== '' && (
        <FilterChoice
          what={words.value}
          chosen={chosen.value}
          choices={plain(seen)}
          asked={values}
          onChoose={(value) => change({ value })}
        />
      )}
    </>
  );
}
