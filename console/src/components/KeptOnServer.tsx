// Shows nothing: it lets the member's choices for the list of flags be the same in every browser. Those of this
// browser are shown at once; what the server has takes their place, unless something newer waits to be sent.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { preferencesQuery, putPreferences } from '../api/preferences';
import { columnsName, readColumns } from '../format/columns';
import { Failure } from '../format/failure';
import { readViews, viewsName } from '../format/flagViews';
import { settle } from '../format/preferences';
import { keptWords as words } from '../strings/kept';
import { choose, keep, readKept, unsentName, useKeptText } from '../ui/kept';
import { tellFailed } from '../ui/toast';
import { useWrite } from '../ui/writing';

const SOON = 300; // milliseconds without a further choice, such as while a column is made wider

export interface KeptOnServerProps {
  member: string;
  project: string;
}

export default function KeptOnServer({ member, project }: KeptOnServerProps) {
  const [columns, views] = [columnsName(member), viewsName(member, project)];
  const unsent = { columns: useKeptText(unsentName(columns)), views: useKeptText(unsentName(views)) };
  const { data, dataUpdatedAt, isFetchedAfterMount } = useQuery(preferencesQuery(member));
  const takeOver = useEffectEvent(() => {
    if (data === undefined || !isFetchedAfterMount) return;
    const { taken, given } = settle([
      { name: columns, ours: readKept(columns), theirs: data.flagColumns, isUnsent: unsent.columns !== '' },
      { name: views, ours: readKept(views), theirs: data.flagViews[project], isUnsent: unsent.views !== '' },
    ]);
    taken.forEach(({ name, theirs }) => keep(name, theirs));
    given.forEach(({ name, ours }) => choose(name, ours));
  });
  const { mutate: send } = useWrite({ scope: { id: 'preferences' }, mutationFn: () => sendUnsent(member, project) });
  useEffect(() => takeOver(), [dataUpdatedAt, member, project]);
  useEffect(() => {
    if (unsent.columns === '' && unsent.views === '') return undefined;
    const timer = setTimeout(send, SOON);
    return () => clearTimeout(timer);
  }, [unsent.columns, unsent.views, dataUpdatedAt, send]); // again when the server is back
  return null;
}

/** Hands on what the server may not know yet, as it is now. */
async function sendUnsent(member: string, project: string): Promise<void> {
  const [columns, views] = [columnsName(member), viewsName(member, project)];
  const marks = new Map([columns, views].map((name) => [name, readKept(unsentName(name))]));
  const given = {
    ...(marks.get(columns) !== undefined && { flagColumns: readColumns(readKept(columns)) }),
    flagViews: marks.get(views) === undefined ? {} : { [project]: readViews(readKept(views)) },
  };
  try {
    await putPreferences(member, given);
  } catch (error) {
    if (!(error instanceof Failure && error.status === 400)) return; // it waits for the server, or for a new session
    tellFailed(words.failed, error);
  }
  marks.forEach((mark, name) => {
    if (readKept(unsentName(name)) === mark) keep(unsentName(name), undefined);
  });
}
