// Views of the list of flags: names for what its address asks for.

export interface FlagView {
  name: string;
  /** The part of the address that makes it: `status=active&sort=name`. */
  query: string;
}

/** Under which a member's views of a project are kept. */
export const viewsName = (member: string, project: string) => `flagstaff-views:${member}:${project}`;

const PARTS = ['q', 'status', 'tag', 'maintainer', 'archived', 'sort']; // in the order in which a view has them

/** What of an address makes a view, written in one way. */
export function queryOf(search: URLSearchParams): string {
  const parts = PARTS.map((name) => [name, search.get(name)?.trim() ?? '']).filter(([, value]) => value !== '');
  return new URLSearchParams(parts).toString();
}

const isCalled = (name: string) => (view: FlagView) => view.name.toLowerCase() === name.trim().toLowerCase();

export const findCalled = (views: readonly FlagView[], name: string): FlagView | undefined => views.find(isCalled(name));

/** With this view; one of the same name is replaced where it stands. */
export function withView(views: readonly FlagView[], view: FlagView): FlagView[] {
  const kept = { ...view, name: view.name.trim() };
  const replaced = findCalled(views, view.name);
  return replaced ? views.map((one) => (one === replaced ? kept : one)) : [...views, kept];
}

/** With a view under another name; one that has that name already gives way. */
export const renamed = (views: readonly FlagView[], view: FlagView, name: string): FlagView[] =>
  views
    .filter((one) => one === view || !isCalled(name)(one))
    .map((one) => (one === view ? { ...one, name: name.trim() } : one));

/** What is kept in the browser, which may be anything. */
export const readViews = (kept: unknown): FlagView[] =>
  Array.isArray(kept) ? kept.filter((one: Partial<FlagView> | null) => typeof one?.name === 'string' && typeof one.query === 'string') as FlagView[] : [];
