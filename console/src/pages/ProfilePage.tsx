// `/account/profile`: how the console looks and listens, in this browser.
import { SegmentedControl, Stack, Switch, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Page } from '../components/Page';
import { shell } from '../strings/shell';
import { setPrefs, usePrefs, type Prefs } from '../ui/prefs';

export default function ProfilePage() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const prefs = usePrefs();
  return (
    <Page title={shell.profile}>
      <Stack gap="xl" maw={480}>
        <Choice
          label={shell.scheme}
          value={colorScheme}
          choices={shell.schemes}
          onChange={(value) => setColorScheme(value as MantineColorScheme)}
        />
        <Choice
          label={shell.density}
          value={prefs.density}
          choices={shell.densities}
          onChange={(value) => setPrefs({ density: value as Prefs['density'] })}
        />
        <Switch
          label={shell.singleKeys}
          description={shell.singleKeysHint}
          checked={prefs.singleKeys}
          onChange={(event) => setPrefs({ singleKeys: event.currentTarget.checked })}
        />
      </Stack>
    </Page>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  choices: Record<string, string>;
  onChange: (value: string) => void;
}

function Choice({ label, value, choices, onChange }: ChoiceProps) {
  return (
    <div>
      <Text fw={550} mb="xs">
        {label}
      </Text>
      <SegmentedControl
        aria-label={label}
        value={value}
        onChange={onChange}
        data={Object.entries(choices).map(([key, name]) => ({ value: key, label: name }))}
      />
    </div>
  );
}
