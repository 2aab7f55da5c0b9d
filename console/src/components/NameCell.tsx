// A thing in a list: its name as the way to it, its key, and the tags that fit.
import { Link } from 'react-router';
import classes from './name.module.css';
import { Tag } from '../ui/KeyPill';

const TAGS_SHOWN = 2;

export interface NameCellProps {
  name: string;
  resourceKey: string;
  tags: string[];
  /** The page of the thing; without one the name is only text. */
  to?: string;
  /** Whether that page is shown now. */
  isCurrent?: boolean;
}

export function NameCell({ name, resourceKey, tags, to, isCurrent = false }: NameCellProps) {
  return (
    <div className={classes.cell}>
      {to === undefined ? (
        <span className={classes.name} title={name} dir="auto">
          {name}
        </span>
      ) : (
        <Link className={classes.name} title={name} dir="auto" to={to} aria-current={isCurrent ? 'page' : undefined}>
          {name}
        </Link>
      )}
      <span className={classes.below}>
        {resourceKey !== name && <span className={classes.key}>{resourceKey}</span>}
        {tags.length > 0 && (
          <span className={classes.tags} title={tags.join(', ')}>
            {tags.length <= TAGS_SHOWN ? tags.map((tag) => <Tag key={tag}>{tag}</Tag>) : <span>{`${tags.length} tags`}</span>}
          </span>
        )}
      </span>
    </div>
  );
}
