// The keys by which SDKs say which environment they want.
import { useQuery } from '@tanstack/react-query';
import { oldKeysQuery } from '../../api/environments';
import type { Environment } from '../../api/places';
import { exact } from '../../format/time';
import { environmentWords as words } from '../../strings/environments';
import { GuardedButton } from '../../ui/GuardedButton';
import { Refusal } from '../../ui/Locked';
import { Note } from '../../ui/Note';
import { Secret } from '../../ui/Secret';
import classes from './environments.module.css';

const HIDDEN = '****'; // begins a key that the reader may not see

export type KeyKind = 'sdk' | 'mobile';

export interface EnvironmentKeysProps {
  project: string;
  environment: Environment;
  /** Why the reader may not reset a key, or see them. */
  refusals: Record<KeyKind | 'view', string | undefined>;
  onReset: (kind: KeyKind) => void;
}

export function EnvironmentKeys({ project, environment, refusals, onReset }: EnvironmentKeysProps) {
  const { data: old } = useQuery(oldKeysQuery(project, environment.key));
  const isHidden = environment.apiKey.startsWith(HIDDEN);
  return (
    <>
      {isHidden && <Refusal why={refusals.view} />}
      <Key name={words.sdkKey} hint={words.sdkKeyHint} value={environment.apiKey} onReset={() => onReset('sdk')} isHidden={isHidden} refusal={refusals.sdk} />
      {old?.items.map(({ ending, expiry }) => (
        <Note key={`${ending} ${expiry}`} tone="info">
          {words.stillWorks(ending, exact(expiry))}
        </Note>
      ))}
      <Key name={words.mobileKey} hint={words.mobileKeyHint} value={environment.mobileKey} onReset={() => onReset('mobile')} isHidden={isHidden} refusal={refusals.mobile} />
      <Key name={words.clientId} hint={words.clientIdHint} value={environment._id} />
    </>
  );
}

interface KeyProps {
  name: string;
  hint: string;
  value: string;
  /** Without it the key is public, and for ever. */
  onReset?: () => void;
  isHidden?: boolean;
  refusal?: string | undefined;
}

function Key({ name, hint, value, onReset, isHidden = false, refusal }: KeyProps) {
  return (
    <div className={classes.key}>
      <div className={classes.keyHead}>
        <h3>{name}</h3>
        <p>{hint}</p>
      </div>
      <div className={classes.keyLine}>
        {isHidden ? <code className={classes.masked}>{value}</code> : <Secret key={value} label={name} value={value} isPublic={!onReset} />}
        {onReset && (
          <GuardedButton size="xs" variant="default" refusal={refusal} onClick={onReset}>
            {words.reset(name)}
          </GuardedButton>
        )}
      </div>
    </div>
  );
}
