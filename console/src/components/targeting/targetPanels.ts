// Which list of keys is open in the panel: it is in the address, with what is looked for in it.
import type { KeysOf } from '../../format/targetKeys';
import { useAddress } from '../../ui/address';

const LIST = 'keys';
const FIND = 'find';

export function useKeysPanel() {
  const [search, change] = useAddress();
  const name = search.get(LIST) ?? '';
  const [place = '', ...kind] = name.split(':');
  const variation = Number(place);
  const shown: KeysOf | undefined = kind.length > 0 && Number.isInteger(variation) ? { variation, contextKind: kind.join(':') } : undefined;
  return {
    shown,
    /** Of the list that is open, with what it was opened at. */
    name: `${name} ${search.get(FIND) ?? ''}`,
    find: search.get(FIND) ?? '',
    /** `key` is what is looked for. */
    open: (of: KeysOf, key = '') => change({ [LIST]: `${of.variation}:${of.contextKind}`, [FIND]: key }),
    close: () => change({ [LIST]: undefined, [FIND]: undefined }, true),
  };
}
