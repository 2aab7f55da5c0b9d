// A thing in a list: its name as the way to it, its key, the tags that fit, and how many do not.
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import classes from './name.module.css';
import { Tag } from '../ui/KeyPill';
import { RestOfTags } from './RestOfTags';

const MOST = 9; // tags that are drawn, whether they fit or not
const END = 6; // characters of a key that are always seen
const GAP = 6; // pixels between what stands below the name

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
        {resourceKey !== name && <Key text={resourceKey} />}
        {tags.length > 0 && <Tags tags={tags} />}
      </span>
    </div>
  );
}

/** Where it is too long, its end stays: keys often begin alike. */
function Key({ text }: { text: string }) {
  return (
    <span className={classes.key} title={text}>
      <span>{text.slice(0, -END)}</span>
      <span>{text.slice(-END)}</span>
    </span>
  );
}

function Tags({ tags }: { tags: string[] }) {
  const [{ fitting, free }, fit] = useState({ fitting: tags.length, free: 0 });
  const measured = useCallback((box: HTMLSpanElement) => {
    const watch = new ResizeObserver(() => {
      const now = measureTags(box);
      fit((before) => (before.fitting === now.fitting && before.free === now.free ? before : now));
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return (
    <>
      <span key={tags.join()} ref={measured} className={classes.tags} title={tags.join(', ')}>
        {tags.slice(0, MOST).map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </span>
      {fitting < tags.length && <Rest tags={tags.slice(fitting)} free={free} />}
    </>
  );
}

/** How many do not fit; which they are opens by pointing at it, by the focus, and by a finger. */
function Rest({ tags, free }: { tags: string[]; free: number }) {
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  const close = () => setOpen(false);
  return (
    <button
      type="button"
      className={classes.rest}
      style={{ left: -free }}
      aria-label={`+${tags.length}: ${tags.join(', ')}`}
      onClick={open}
      onFocus={open}
      onBlur={close}
      onPointerEnter={(event) => event.pointerType === 'mouse' && open()}
      onPointerLeave={(event) => event.pointerType === 'mouse' && close()}
    >
      {`+${tags.length}`}
      {isOpen && <RestOfTags tags={tags} onClose={close} />}
    </button>
  );
}

/** How many stand in the first line, and, where not all do, how much of it they leave free; the others are wrapped out of sight. */
function measureTags(box: HTMLElement) {
  const shown = ([...box.children] as HTMLElement[]).filter((tag) => tag.offsetTop < box.offsetTop + box.clientHeight);
  if (shown.length === box.childElementCount && shown.length < MOST) return { fitting: shown.length, free: 0 };
  const last = shown.at(-1);
  const used = last ? last.offsetLeft + last.offsetWidth - box.offsetLeft : -GAP;
  return { fitting: shown.length, free: box.clientWidth - used };
}
