import { describe, expect, it } from 'vitest';
import { isWhole, readSettings, settingsSteps, type FlagSettings } from './flagSettings';

const base = readSettings({
  name: 'Dark mode',
  description: '',
  tags: ['web', 'ios'],
  maintainerId: '57be1db38b75bf0772d11384',
  temporary: true,
  clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
  customProperties: { issue: { name: 'Issue', value: ['SHOP-1'] } },
});

describe('the settings of a flag', () => {
  it('name a team or a member as maintainer', () => {
    expect(base.maintainer).toBe('member:57be1db38b75bf0772d11384');
  });

  it.each<[Partial<FlagSettings>, boolean]>([
    [{}, true],
    [{ name: ' ' }, false],
    [{ properties: [{ key: 'issue', name: 'Issue', values: [] }] }, false],
  ])('with %j can be saved: %s', (change, whole) => expect(isWhole({ ...base, ...change })).toBe(whole));

  it.each<[Partial<FlagSettings>, object[]]>([
    [{}, []],
    [{ name: ' Night mode ' }, [{ kind: 'updateName', value: 'Night mode' }]],
    [{ description: 'Less light' }, [{ kind: 'updateDescription', value: 'Less light' }]],
    [
      { tags: ['ios', 'android'] },
      [
        { kind: 'addTags', values: ['android'] },
        { kind: 'removeTags', values: ['web'] },
      ],
    ],
    [{ properties: [] }, [{ kind: 'removeCustomProperties', key: 'issue', values: ['SHOP-1'] }]],
    [{ maintainer: 'team:design' }, [{ kind: 'updateMaintainerTeam', value: 'design' }]],
    [{ maintainer: 'member:1' }, [{ kind: 'updateMaintainerMember', value: '1' }]],
    [{ maintainer: '' }, [{ kind: 'removeMaintainer' }]],
    [{ temporary: false }, [{ kind: 'makeFlagPermanent' }]],
    [
      { usingMobileKey: false, usingEnvironmentId: true },
      [
        { kind: 'turnOffClientSideAvailability', value: 'usingMobileKey' },
        { kind: 'turnOnClientSideAvailability', value: 'usingEnvironmentId' },
      ],
    ],
  ])('become %j by instructions', (change, steps) => expect(settingsSteps(base, { ...base, ...change })).toEqual(steps));
});
