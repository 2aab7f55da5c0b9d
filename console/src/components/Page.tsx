// The top of a page: its title in the document and on the page, a key to copy, tags, and what one can do.
import type { ReactNode } from 'react';
import { words } from '../strings/shared';
import { CopyChip, Tag } from '../ui/KeyPill';
import classes from './page.module.css';
import { Trail, type Crumb } from './Trail';

export interface PageProps {
  title: string;
  /** Whether it greets, as on the first run. */
  isGreeting?: boolean;
  /** The part of it that is shown, as a tab: it stands first in the document's title. */
  part?: string;
  /** What it stands in, outermost first: a way back, in the top bar. */
  trail?: Crumb[];
  /** The environment, for pages that show one: it stands in the document's title. */
  environment?: string;
  /** The key of what is shown. */
  resourceKey?: string;
  tags?: string[];
  description?: string;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  /** Tabs or filters, which stay while the content scrolls. */
  below?: ReactNode;
  /** Whether the content scrolls in itself, as tables do. */
  isFilling?: boolean;
  children: ReactNode;
}

export function Page(props: PageProps) {
  const { title, resourceKey, tags = [], description, actions, below, isFilling = false, children } = props;
  return (
    <>
      <title>{[props.part, title, props.environment, words.product].filter(Boolean).join(', ')}</title>
      {props.trail && <Trail trail={props.trail} title={title} />}
      <div className={classes.head}>
        <div className={classes.titleRow}>
          <div className={classes.named}>
            <h1 className={classes.title} data-greeting={props.isGreeting} dir="auto">
              {title}
            </h1>
            {resourceKey !== undefined && <CopyChip value={resourceKey} what="key" />}
            {tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </div>
          <div className={classes.actions}>{actions}</div>
        </div>
        {description !== undefined && description !== '' && (
          <p className={classes.description} dir="auto">
            {description}
          </p>
        )}
        {below}
      </div>
      {isFilling ? children : <div className={classes.content}>{children}</div>}
    </>
  );
}
