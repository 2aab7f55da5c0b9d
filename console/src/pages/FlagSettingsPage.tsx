// `/{p}/{e}/flags/{f}/settings`: what a flag is called, who looks after it, who may see it, and its end.
import { Checkbox, Group, Textarea, TextInput } from '@mantine/core';
import type { Flag } from '../api/flags';
import { GENERAL, useAccess } from '../components/flags/access';
import { useFlag } from '../components/flags/flag';
import { CustomProperties } from '../components/flags/settings/CustomProperties';
import { Dependents } from '../components/flags/settings/Dependents';
import { FlagLife } from '../components/flags/settings/FlagLife';
import { MaintainerField } from '../components/flags/settings/MaintainerField';
import classes from '../components/flags/settings/settings.module.css';
import { useWholeFlagDraft } from '../components/flags/wholeFlag';
import { WholeFlagBar } from '../components/flags/WholeFlagBar';
import { usePlace } from '../components/place';
import { Section } from '../components/Section';
import { TagsField } from '../components/TagsField';
import { isNamed, isWhole, readSettings, settingsSteps, type FlagSettings } from '../format/flagSettings';
import { flagSettingsWords as words } from '../strings/flagSettings';
import { Locked, Refusal } from '../ui/Locked';
import { Note } from '../ui/Note';

export default function FlagSettingsPage() {
  const flag = useFlag();
  return <Settings key={flag.key} flag={flag} />;
}

const SETTINGS = {
  read: readSettings,
  isComplete: isWhole,
  stepsOf: settingsSteps,
  change: (before: FlagSettings, after: FlagSettings) => ({ instructions: settingsSteps(before, after) }),
};

function Settings({ flag }: { flag: Flag }) {
  const { project } = usePlace();
  const name = `${project.key}/${flag.key}`;
  const draft = useWholeFlagDraft(`flag-settings:${name}`, flag, { ...SETTINGS, formerly: `settings:${name}` });
  const { refusal, missing } = useAccess('everywhere');
  const { value: settings } = draft;
  const set = (change: Partial<FlagSettings>) => draft.set({ ...settings, ...change });
  return (
    <div className={classes.page}>
      <Refusal why={missing(...GENERAL, 'updateFlagCustomProperties', 'updateDeprecated', 'updateGlobalArchived', 'deleteFlag')} />
      {flag.deprecated && <Note tone="warn">{words.deprecatedNote}</Note>}
      {flag.archived && <Note tone="warn">{words.archivedNote}</Note>}
      <Section title={words.general}>
        <div className={classes.fields}>
          <Locked isTold refusal={refusal('updateName')}>
            <TextInput
              label={words.name}
              error={isNamed(settings) ? undefined : words.nameMissing}
              value={settings.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
          </Locked>
          <TextInput label={words.key} description={words.keyLocked} value={flag.key} readOnly />
          <Locked isTold refusal={refusal('updateDescription')}>
            <Textarea
              label={words.description}
              autosize
              minRows={2}
              value={settings.description}
              onChange={(event) => set({ description: event.currentTarget.value })}
            />
          </Locked>
          <Locked isTold refusal={refusal('updateTags')}>
            <TagsField kind="flag" value={settings.tags} onChange={(tags) => set({ tags })} />
          </Locked>
          <Locked isTold refusal={refusal('updateMaintainer')}>
            <MaintainerField flag={flag} value={settings.maintainer} onChange={(maintainer) => set({ maintainer })} />
          </Locked>
          <Locked isTold refusal={refusal('updateTemporary')}>
            <Checkbox
              label={words.temporary}
              description={words.temporaryHint}
              checked={settings.temporary}
              onChange={(event) => set({ temporary: event.currentTarget.checked })}
            />
          </Locked>
          <Locked isTold refusal={refusal('updateClientSideFlagAvailability')}>
            <Availability settings={settings} onChange={set} />
          </Locked>
        </div>
      </Section>
      <CustomProperties
        value={settings.properties}
        onChange={(properties) => set({ properties })}
        refusal={refusal('updateFlagCustomProperties')}
      />
      <Dependents flagKey={flag.key} />
      <FlagLife flag={flag} />
      <WholeFlagBar flag={flag} draft={draft} />
    </div>
  );
}

function Availability({ settings, onChange }: { settings: FlagSettings; onChange: (change: Partial<FlagSettings>) => void }) {
  return (
    <fieldset className={classes.group}>
      <legend>{words.availability}</legend>
      <Group gap="lg">
        <Checkbox
          label={words.mobile}
          checked={settings.usingMobileKey}
          onChange={(event) => onChange({ usingMobileKey: event.currentTarget.checked })}
        />
        <Checkbox
          label={words.browser}
          checked={settings.usingEnvironmentId}
          onChange={(event) => onChange({ usingEnvironmentId: event.currentTarget.checked })}
        />
      </Group>
      <p className={classes.hint}>{words.serverOnly}</p>
    </fieldset>
  );
}
