// Whether the audit log holds: a word beside the title, or a warning that nobody overlooks.
import { useQuery } from '@tanstack/react-query';
import { IconShieldCheck } from '@tabler/icons-react';
import { verificationQuery } from '../../api/audit';
import { count } from '../../format/number';
import { auditWords as words } from '../../strings/audit';
import { Note } from '../../ui/Note';
import { RelativeTime } from '../../ui/RelativeTime';
import { UnreadButton } from '../../ui/UnreadButton';
import classes from './audit.module.css';

export function Verification() {
  const asked = useQuery(verificationQuery);
  const { data } = asked;
  if (data === undefined) return <UnreadButton asked={asked} label={words.chainUnread} />;
  if (data.state === 'broken') return null;
  if (data.state === 'checking') return <span className={classes.chain}>{words.chainChecking}</span>;
  return (
    <span className={classes.chain} title={words.chainHint(data.head ?? '')}>
      <IconShieldCheck size={16} stroke={1.6} aria-hidden />
      <span>
        {words.chainHolds(count(data.entry ?? 0))} <RelativeTime at={data.verifiedDate ?? 0} />
      </span>
    </span>
  );
}

export function ChainWarning() {
  const { data } = useQuery(verificationQuery);
  if (data?.state !== 'broken') return null;
  return (
    <div className={classes.broken}>
      <Note tone="bad" role="alert">
        {words.chainBroken(count(data.brokenEntry ?? 0))}
      </Note>
    </div>
  );
}
