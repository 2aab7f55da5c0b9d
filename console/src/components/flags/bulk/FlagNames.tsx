// Which flags are meant: folded, since they may be many.
import { bulkWords as words } from '../../../strings/bulk';
import classes from './bulk.module.css';

const SHOWN = 100;

export function FlagNames({ flags }: { flags: readonly { key: string; name: string }[] }) {
  return (
    <details className={classes.names}>
      <summary>{words.which(flags.length)}</summary>
      <ul>
        {flags.slice(0, SHOWN).map(({ key, name }) => (
          <li key={key}>
            <span dir="auto">{name}</span> <code>{key}</code>
          </li>
        ))}
      </ul>
      {flags.length > SHOWN && <p>{words.more(flags.length - SHOWN)}</p>}
    </details>
  );
}
