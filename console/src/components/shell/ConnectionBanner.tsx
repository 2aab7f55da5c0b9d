// Says when what is shown may be old; it never blocks.
import { IconWifi, IconWifiOff } from '@tabler/icons-react';
import { useConnection } from '../../api/connection';
import { shell } from '../../strings/shell';
import { useDelayed } from '../../ui/delayed';
import { Note } from '../../ui/Note';
import classes from './shell.module.css';

const TOLD_AFTER = 2000; // milliseconds

export function ConnectionBanner() {
  const { state, since } = useConnection();
  const isLost = useDelayed(state !== 'live', TOLD_AFTER);
  if (!isLost) return null;
  const isOffline = state === 'offline';
  return (
    <div className={classes.banner}>
      <Note tone="warn" role="alert" icon={isOffline ? IconWifiOff : IconWifi}>
        <strong>{isOffline ? shell.offline : shell.reconnecting}</strong>{' '}
        {isOffline ? shell.offlineHint : shell.shownAsOf(new Date(since).toLocaleTimeString())}
      </Note>
    </div>
  );
}
