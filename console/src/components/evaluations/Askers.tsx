// For whom a flag was evaluated, and which applications asked for it.
import type { Evaluations } from '../../api/evaluations';
import { kindsName } from '../../format/evaluations';
import { count } from '../../format/number';
import { sharePercent } from '../../format/traffic';
import { evaluationWords as words } from '../../strings/evaluations';
import { RelativeTime } from '../../ui/RelativeTime';
import { Section } from '../Section';
import classes from './evaluations.module.css';

export function Askers({ found }: { found: Evaluations }) {
  return (
    <div className={classes.pair}>
      <Section title={words.byKind}>
        <ul className={classes.bars}>
          {found.contextKinds.map(({ kinds, count: counted }) => (
            <li key={kinds.join(' ')}>
              <span dir="auto">{kindsName(kinds)}</span>
              <span className={classes.track} aria-hidden>
                <span style={{ width: `${(counted / found.count) * 100}%` }} />
              </span>
              <span className={classes.number}>{count(counted)}</span>
              <span className={classes.number}>{sharePercent(counted / found.count)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={words.askedBy} hint={words.askedByHint}>
        {found.applications.length === 0 && <p className={classes.dim}>{words.noApplications}</p>}
        <ul className={classes.askers}>
          {found.applications.map(({ key, name, lastRequested }) => (
            <li key={key}>
              <span dir="auto" title={key}>
                {name === '' ? key : name}
              </span>
              <RelativeTime at={lastRequested} />
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
