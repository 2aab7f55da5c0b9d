// The environment, first on every page: swatch, name, and a shield where it is critical.
import { IconShield } from '@tabler/icons-react';
import { useRef } from 'react';
import type { Environment } from '../../api/places';
import { inEnvironment } from '../../paths';
import { shell } from '../../strings/shell';
import { Picker, type PickerHandle } from '../../ui/Picker';
import { useShortcuts } from '../../ui/shortcuts';
import { useRouter } from '../../ui/address';
import { Swatch } from '../../ui/Swatch';
import classes from './shell.module.css';

export interface EnvironmentPickerProps {
  environment: Environment;
  environments: Environment[];
}

export function EnvironmentPicker({ environment, environments }: EnvironmentPickerProps) {
  const handle = useRef<PickerHandle>(null);
  const router = useRouter();
  const goTo = (key: string) => {
    const { pathname, search } = router.state.location;
    void router.navigate(inEnvironment(pathname, key, search));
  };
  useShortcuts([{ keys: 'e', label: shell.environment, run: () => handle.current?.open(), scope: 'everywhere' }]);
  return (
    <Picker
      handle={handle}
      label={shell.pickEnvironment(environment.name, environment.critical)}
      shown={<EnvironmentName environment={environment} />}
      choices={environments.map((other) => ({
        key: other.key,
        name: other.name,
        mark: <Swatch color={other.color} />,
      }))}
      chosen={environment.key}
      onChoose={goTo}
      searchLabel={shell.findEnvironment}
      nothingFound={shell.nothingFound}
    />
  );
}

/** Swatch, name and shield, as they stand wherever an environment is named. */
export function EnvironmentName({ environment }: { environment: Environment }) {
  return (
    <>
      <Swatch color={environment.color} />
      <span className={classes.pickerName} dir="auto">
        {environment.name}
      </span>
      {environment.critical && <IconShield size={14} stroke={1.6} role="img" aria-label={shell.critical} />}
    </>
  );
}
