import { describe, expect, it } from 'vitest';
import { propertyFaults, propertySteps, readProperties, type Property } from './customProperties';

const before = readProperties({
  issue: { name: 'Issue', value: ['SHOP-1', 'SHOP-2'] },
  owner: { name: 'Owner', value: ['checkout'] },
});
const [issue, owner] = before as [Property, Property];
const made = (key: string, name: string, ...values: string[]): Property => ({ key, name, values, isNew: true });

describe('the custom properties of a flag', () => {
  it.each<[string, Property[], object[]]>([
    ['nothing', before, []],
    ['nothing, for their order', [owner, issue], []],
    [
      'other values',
      [{ ...issue, values: ['SHOP-2'] }, owner],
      [{ kind: 'replaceCustomProperties', key: 'issue', name: 'Issue', values: ['SHOP-2'] }],
    ],
    [
      'another name',
      [issue, { ...owner, name: ' Team ' }],
      [{ kind: 'replaceCustomProperties', key: 'owner', name: 'Team', values: ['checkout'] }],
    ],
    [
      'no name, which is the key',
      [issue, { ...owner, name: '' }],
      [{ kind: 'replaceCustomProperties', key: 'owner', name: 'owner', values: ['checkout'] }],
    ],
    ['one less', [issue], [{ kind: 'removeCustomProperties', key: 'owner', values: ['checkout'] }]],
    [
      'one more',
      [...before, made(' board ', '', 'https://example.com/b/1')],
      [{ kind: 'addCustomProperties', key: 'board', name: 'board', values: ['https://example.com/b/1'] }],
    ],
    [
      'one that went and came again',
      [issue, made('owner', 'Owner', 'search')],
      [{ kind: 'replaceCustomProperties', key: 'owner', name: 'Owner', values: ['search'] }],
    ],
  ])('are changed by %s', (_, after, steps) => expect(propertySteps(before, after)).toEqual(steps));

  it.each<[Property[], unknown[]]>([
    [before, [undefined, undefined]],
    [[made(' ', 'Issue', 'SHOP-1')], ['keyMissing']],
    [[issue, made('issue ', '', 'SHOP-3')], [undefined, 'twice']],
    [[made('issue', 'Issue')], ['valuesMissing']],
  ])('%j have the faults %j', (properties, faults) => expect(propertyFaults(properties)).toEqual(faults));
});
