// The frame of every page: colour line, sidebar, top bar, banners, and the keys that work everywhere.
import { ActionIcon, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { Suspense, lazy, memo, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useConnection } from '../../api/connection';
import { useStreamOpen } from '../../api/stream';
import { cssColor } from '../../format/color';
import { shell } from '../../strings/shell';
import { Keys } from '../../ui/KeyPill';
import { useAddress } from '../../ui/address';
import { setPrefs, usePrefs } from '../../ui/prefs';
import { useShortcuts, type Shortcut } from '../../ui/shortcuts';
import { undoToast } from '../../ui/toast';
import { words } from '../../strings/shared';
import { REVIEWED } from '../flags/switching';
import { PlaceContext, type Place } from '../place';
import { TRAIL } from '../Trail';
import { ConnectionBanner } from './ConnectionBanner';
import { EnvironmentPicker } from './EnvironmentPicker';
import { NAVIGATION } from './navigation';
import { BottomBar, Sidebar } from './Sidebar';
import classes from './shell.module.css';
import { readLate } from '../../ui/readLate';

// What is not seen at first comes when the page has been shown.
const Palette = lazy(() => readLate(async () => ({ default: (await import('../palette/Palette')).Palette })));
const SwitchReview = lazy(() => readLate(() => import('../flags/SwitchReview')));
const UpdateBanner = lazy(() => readLate(() => import('./UpdateBanner')));
const KeyList = lazy(() => readLate(async () => ({ default: (await import('./KeyList')).KeyList })));

export interface ShellProps {
  /** Where the reader is; undefined where there is no project. */
  place: Place | undefined;
  /** Whether the page is about an environment: it then has its picker and its line. */
  hasEnvironment: boolean;
  children: ReactNode;
}

function Frame({ place, hasEnvironment, children }: ShellProps) {
  const [showsKeys, setShowsKeys] = useState(false);
  const [hasPalette, setPalette] = useState(false);
  const isShown = useShown();
  const { sidebar } = usePrefs();
  const links = useLinks(place);
  useKeysEverywhere(links, () => setShowsKeys(true), () => setPalette(true));
  return (
    <div className={classes.shell} data-sidebar={sidebar}>
      <a href="#main" className={classes.skip}>
        {shell.skip}
      </a>
      {place && hasEnvironment && (
        <div className={classes.line} style={{ background: cssColor(place.environment.color) }} aria-hidden />
      )}
      <Sidebar place={links} />
      <div className={classes.column}>
        <header className={classes.topBar}>
          {place && hasEnvironment && (
            <EnvironmentPicker environment={place.environment} environments={place.environments} />
          )}
          <div id={TRAIL} className={classes.trail} />
          {links && <SearchButton onOpen={() => setPalette(true)} />}
          <LiveDot />
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.onWide}
            aria-label={shell.listKeys}
            onClick={() => setShowsKeys(true)}
          >
            <IconKeyboard size={18} stroke={1.6} />
          </ActionIcon>
        </header>
        <ConnectionBanner />
        <Suspense fallback={null}>{isShown && <UpdateBanner />}</Suspense>
        <main id="main" tabIndex={-1} className={classes.main}>
          {children}
        </main>
      </div>
      <BottomBar place={links} />
      <Suspense fallback={null}>
        {place && isShown && (
          <PlaceContext value={place}>
            <Palette place={place} hasEnvironment={hasEnvironment} isOpen={hasPalette} onClose={() => setPalette(false)} />
            <ReviewInAddress />
          </PlaceContext>
        )}
        {showsKeys && <KeyList isOpen onClose={() => setShowsKeys(false)} />}
      </Suspense>
      <Announcer />
    </div>
  );
}

/** Drawn anew when the reader is elsewhere, not with every change of the address. */
export const Shell = memo(Frame);

function ReviewInAddress() {
  const [search] = useAddress();
  return search.has(REVIEWED.flag) && <SwitchReview />;
}

/** What the ways to the pages of this place begin with: the same object as long as it is the same place. */
function useLinks(place: Place | undefined) {
  const [project, environment] = [place?.project.key, place?.environment.key];
  return useMemo(
    () => (project === undefined || environment === undefined ? undefined : { project, environment }),
    [project, environment],
  );
}

/** Whether the page has been painted once. */
function useShown(): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setShown(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isShown;
}

function useKeysEverywhere(
  links: { project: string; environment: string } | undefined,
  listKeys: () => void,
  openPalette: () => void,
) {
  const navigate = useNavigate();
  const { sidebar } = usePrefs();
  const pages = NAVIGATION.flatMap((group) => group.items).filter((item) => item.keys !== undefined);
  const everywhere: Shortcut[] = [
    { keys: '?', label: shell.listKeys, run: listKeys },
    { keys: '[', label: shell.collapse, run: () => setPrefs({ sidebar: sidebar === 'open' ? 'closed' : 'open' }) },
    { keys: 'mod+z', label: words.undo, run: undoToast, notWhileTyping: true },
    ...(links ? [{ keys: 'mod+k', label: shell.palette, run: openPalette }] : []),
    ...(links
      ? pages.map((item) => ({
          keys: item.keys ?? '',
          label: item.label,
          run: () => void navigate(item.to(links.project, links.environment)),
        }))
      : []),
  ];
  useShortcuts(everywhere.map((one) => ({ ...one, scope: 'everywhere' })));
}

function SearchButton({ onOpen }: { onOpen: () => void }) {
  return (
    <UnstyledButton className={classes.search} onClick={onOpen}>
      <VisuallyHidden>{shell.searchLabel}</VisuallyHidden>
      <IconSearch size={16} stroke={1.6} aria-hidden />
      <span className={classes.searchText} aria-hidden>{shell.search}</span>
      <Keys keys="mod+k" />
    </UnstyledButton>
  );
}

function LiveDot() {
  const { state } = useConnection();
  const isFollowing = useStreamOpen();
  if (state !== 'live' || !isFollowing) return null;
  return (
    <span className={`${classes.live} ${classes.onWide}`} title={shell.liveHint}>
      <span aria-hidden />
      {shell.live}
    </span>
  );
}

const RESTS = 300; // milliseconds: a page is called by a key until the name is known

/** Says the title of a page that was gone to, for those who do not see it. */
function Announcer() {
  const { pathname } = useLocation();
  return (
    <VisuallyHidden role="status" key={pathname}>
      <TitleAfter />
    </VisuallyHidden>
  );
}

function TitleAfter() {
  const [title, setTitle] = useState('');
  useEffect(() => {
    const read = () => setTitle(document.title);
    let waiting = setTimeout(read, RESTS);
    const watch = new MutationObserver(() => {
      clearTimeout(waiting);
      waiting = setTimeout(read, RESTS);
    });
    watch.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => {
      clearTimeout(waiting);
      watch.disconnect();
    };
  }, []);
  return title;
}
