// `/account/profile`: one's sessions, password and second factor, and how the console looks and listens here.
import { SegmentedControl, Stack, Switch, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { methodsQuery } from '../api/auth';
import { SecondFactor } from '../components/account/SecondFactor';
import { Sessions } from '../components/account/Sessions';
import { Page } from '../components/Page';
import { Section } from '../components/Section';
import { FactorForm } from '../forms/FactorForm';
import { FactorOffForm } from '../forms/FactorOffForm';
import { PasswordForm } from '../forms/PasswordForm';
import { profileWords as words } from '../strings/profile';
import { shell } from '../strings/shell';
import { setPrefs, usePrefs, type Prefs } from '../ui/prefs';

export default function ProfilePage() {
  const hasPassword = useQuery(methodsQuery).data?.password ?? false;
  return (
    <Page title={shell.profile}>
      <div style={{ maxWidth: 960 }}>
        <Section title={words.look}>
          <Look />
        </Section>
        <Sessions />
        {hasPassword && (
          <>
            <Section title={words.password} hint={words.passwordText}>
              <PasswordForm />
            </Section>
            <SecondFactor
              turnOn={(factor, done) => <FactorForm factor={factor} onDone={done} />}
              turnOff={(done) => <FactorOffForm onDone={done} />}
            />
          </>
        )}
      </div>
    </Page>
  );
}

/** What is kept in this browser. */
function Look() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const prefs = usePrefs();
  return (
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
