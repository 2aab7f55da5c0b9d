// Where every address of this tab was scrolled to: going back shows the same place again, a new page its beginning.
import type { Router } from './address';
import { readStored, writeStored } from './prefs';

type Scrolled = Partial<Record<keyof typeof SCROLLERS, number>>;

/** What scrolls: a page as a whole, or the table that fills it. */
const SCROLLERS = {
  page: () => document.getElementById('main'),
  table: () => document.querySelector('#main [role=table]')?.parentElement ?? null,
};
const NAMES = Object.keys(SCROLLERS) as (keyof typeof SCROLLERS)[];
const KEPT = 'flagstaff-scrolled';
const MOST = 50; // addresses
const PATIENCE = 5_000; // milliseconds that a page may take to be as long again
const BY_HAND = ['wheel', 'pointerdown', 'keydown'] as const; // after which nothing is moved

/** What it gives ends it. */
export function followScrolling(router: Router): () => void {
  const known = new Map((readStored(KEPT, 'sessionStorage') as [string, Scrolled][] | undefined) ?? []);
  let here = router.state.location;
  let stop: (() => void) | undefined;
  const note = () => {
    if (stop !== undefined) return; // it is not yet there again
    known.delete(nameOf(here)); // the newest last
    known.set(nameOf(here), Object.fromEntries(NAMES.map((name) => [name, SCROLLERS[name]()?.scrollTop ?? 0])));
  };
  const goBack = () => {
    const before = known.get(nameOf(here));
    if (before) stop = scrollWhenLong(before, () => (stop = undefined));
  };
  const leave = router.subscribe(({ location, historyAction, preventScrollReset }) => {
    if (location.key === here.key) return;
    note(); // what is in the document is still of the address that is left
    stop?.();
    const isNew = location.pathname !== here.pathname && !preventScrollReset;
    here = location;
    if (isBack(historyAction)) goBack();
    else if (isNew) SCROLLERS.page()?.scrollTo(0, 0);
  });
  const listening = new AbortController();
  const quietly = { capture: true, passive: true, signal: listening.signal };
  const keep = () => {
    note();
    writeStored(KEPT, [...known].slice(-MOST), 'sessionStorage');
  };
  window.addEventListener('pagehide', keep, quietly);
  for (const name of BY_HAND) window.addEventListener(name, () => stop?.(), quietly);
  if (isBack(router.state.historyAction) && !isTyped()) goBack();
  return () => {
    stop?.();
    leave();
    listening.abort();
  };
}

const isBack = (action: string) => action === 'POP';

/** Whether the document was opened by an address or a link, and neither gone back to nor read again. */
const isTyped = () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)?.type === 'navigate';

/** The first address of every document has the same key. */
const nameOf = ({ key, pathname }: Router['state']['location']) => `${key} ${pathname}`;

/** Scrolls as soon as there is enough to scroll; what it gives ends that. */
function scrollWhenLong(wanted: Scrolled, onEnd: () => void): () => void {
  const until = performance.now() + PATIENCE;
  let frame = 0;
  const end = () => {
    cancelAnimationFrame(frame);
    onEnd();
  };
  const go = () => {
    const left = NAMES.filter((name) => !isThere(SCROLLERS[name](), wanted[name] ?? 0));
    if (left.length === 0 || performance.now() > until) end();
    else frame = requestAnimationFrame(go);
  };
  frame = requestAnimationFrame(go);
  return end;
}

function isThere(scroller: Element | null, top: number): boolean {
  if (scroller === null) return top === 0;
  scroller.scrollTop = top;
  return scroller.scrollTop >= Math.floor(top);
}
