// A thing in a list: its name as the way to it, its key, the tags that fit, and how many do not.
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import classes from './name.module.css';
import { Tag } from '../ui/KeyPill';

const MOST = 9; // tags that are drawn, whether they fit or not

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
        {tags.length > 0 && <Tags tags={tags} />}
      </span>
    </div>
  );
}

function Tags({ tags }: { tags: string[] }) {
  const [fitting, setFitting] = useState(tags.length);
  const measured = useCallback((box: HTMLSpanElement) => {
    const watch = new ResizeObserver(() => setFitting(countFitting(box)));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  const rest = tags.slice(fitting);
  return (
    <>
      <span key={tags.join()} ref={measured} className={classes.tags} title={tags.join(', ')}>
        {tags.slice(0, MOST).map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </span>
      {rest.length > 0 && <span className={classes.rest} title={rest.join(', ')}>{`+${rest.length}`}</span>}
    </>
  );
}

/** How many stand in the first line; the others are wrapped out of sight. */
const countFitting = (box: HTMLElement) =>
  [...box.children].filter((tag) => (tag as HTMLElement).offsetTop < box.offsetTop + box.clientHeight).length;
