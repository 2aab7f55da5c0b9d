// What a change does, before it is saved: sentence, changes, conflicts, comment, and one saving button.
import { Button, ScrollArea, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { refusedQuery } from '../api/refused';
import { cssColor } from '../format/color';
import { present } from '../format/failure';
import { refusalOf, refusedWords, type Denied } from '../format/refusal';
import { reviewWords as words } from '../strings/review';
import { useDraft } from '../ui/draft';
import { JsonDiff } from '../ui/JsonDiff';
import { Keys } from '../ui/KeyPill';
import { Markdown } from '../ui/Markdown';
import { Note } from '../ui/Note';
import { useShortcuts } from '../ui/shortcuts';
import { FailureState, LoadingState } from '../ui/States';
import { Sheet, SheetBody, SheetFooter, useIsPhone } from '../ui/Sheet';
import { Swatch } from '../ui/Swatch';
import { CommentField } from './CommentField';
import classes from './review.module.css';

/** What the server says of a change in a dry run. */
export interface Preview {
  description: string;
  conflicts: { kind: string; key: string; message: string }[];
  /** What of it the caller may not do. */
  denied: Denied[];
}

/** Where it is changed: an environment, or all of them, which have no colour together. */
export interface Scope {
  name: string;
  color?: string;
  requireComments: boolean;
}

export interface ReviewDrawerProps {
  onClose: () => void;
  /** What is changed: “Checkout redesign”. */
  subject: string;
  environment: Scope;
  /** How many changes there are. */
  count: number;
  preview: { data?: Preview | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  /** What would be different for recently seen contexts; stands below the sentence. */
  effect?: ReactNode;
  /** The changes as one sees them; without it only the instructions are shown. */
  visual?: ReactNode;
  instructions: unknown[];
  /** What is changed before and after, once it is known. */
  json?: { before: unknown; after: unknown } | undefined;
  /** A name under which the comment is kept until it is saved. */
  draft: string;
  /** `done` forgets the comment; call it when all is saved. */
  save: { run: (comment: string, done: () => void) => void; isPending: boolean; error: unknown };
}

export function ReviewDrawer({ onClose, ...content }: ReviewDrawerProps) {
  const { subject, environment, count } = content;
  const title = (
    <span className={classes.title}>
      <strong>{words.title(count)}</strong> {words.to} <b dir="auto">{subject}</b>
    </span>
  );
  return (
    <Sheet title={title} edge={environment.color && cssColor(environment.color)} onClose={onClose}>
      <Content {...content} />
    </Sheet>
  );
}

function Content({ environment, preview, effect, draft, save, ...changes }: Omit<ReviewDrawerProps, 'onClose'>) {
  const comment = useDraft(`comment:${draft}`, '');
  const isAskedFirst = useIsPhone() && environment.requireComments; // it stays in sight beside what scrolls
  const isMissing = environment.requireComments && comment.value.trim() === '';
  const changesNothing = preview.data?.description === '';
  const isDenied = (preview.data?.denied.length ?? 0) > 0;
  const canSave = !isMissing && !changesNothing && !isDenied && preview.data !== undefined && !save.isPending;
  const run = () => {
    if (canSave) save.run(comment.value.trim(), comment.clear);
  };
  useShortcuts([{ keys: 'mod+enter', label: words.save(environment.name), run }]);
  return (
    <>
      <SheetBody>
        <Sentence environment={environment} preview={preview} />
        {isDenied && <Lacking denied={preview.data?.denied ?? []} />}
        {preview.data !== undefined && !changesNothing && effect}
        {preview.data?.conflicts.map((conflict) => (
          <Note tone="warn" key={`${conflict.kind} ${conflict.key} ${conflict.message}`}>
            {conflict.message}
          </Note>
        ))}
        <Changes {...changes} />
        {!isAskedFirst && <CommentField scope={environment} comment={comment} />}
        {save.error !== null && save.error !== undefined && (
          <Note tone="bad" role="alert">
            {present(save.error).message}
          </Note>
        )}
      </SheetBody>
      {isAskedFirst && (
        <div className={classes.asked}>
          <CommentField scope={environment} comment={comment} />
        </div>
      )}
      <SheetFooter>
        {isMissing && !isAskedFirst && <span className={classes.hint}>{words.whyMissing(environment.name)}</span>}
        <Button onClick={run} disabled={!canSave} loading={save.isPending} rightSection={<Keys keys="mod+enter" />}>
          {words.save(environment.name)}
        </Button>
      </SheetFooter>
    </>
  );
}

function Sentence({ environment, preview }: Pick<ReviewDrawerProps, 'environment' | 'preview'>) {
  if (preview.isPending) return <LoadingState rows={1} />;
  const refusal = preview.data === undefined ? refusalOf(preview.error) : undefined;
  if (refusal !== undefined) {
    return (
      <Note tone="bad" role="alert">
        {refusal}
      </Note>
    );
  }
  if (preview.data === undefined) return <FailureState what={words.theCheck} error={preview.error} onRetry={preview.refetch} />;
  return (
    <div className={classes.sentence}>
      <span className={classes.where}>
        {words.inEnvironment} {environment.color && <Swatch color={environment.color} />} <b dir="auto">{environment.name}</b>
      </span>
      <Markdown text={preview.data.description === '' ? words.nothing : preview.data.description} />
    </div>
  );
}

/** What the reader may not do of it, and whom to ask. */
function Lacking({ denied }: Pick<Preview, 'denied'>) {
  const { data, isPending } = useQuery(refusedQuery(denied));
  if (isPending) return <LoadingState rows={1} />;
  return (
    <Note tone="bad" role="alert">
      {data ?? refusedWords(denied)}
    </Note>
  );
}

function Changes({ visual, instructions, json }: Pick<ReviewDrawerProps, 'visual' | 'instructions' | 'json'>) {
  return (
    <Tabs key={visual === undefined ? '' : 'visual'} defaultValue={visual === undefined ? 'instructions' : 'visual'} keepMounted={false}>
      <Tabs.List>
        {visual !== undefined && <Tabs.Tab value="visual">{words.changes}</Tabs.Tab>}
        <Tabs.Tab value="instructions">
          {words.instructions} {instructions.length}
        </Tabs.Tab>
        {json !== undefined && <Tabs.Tab value="json">{words.json}</Tabs.Tab>}
      </Tabs.List>
      {visual !== undefined && <Tabs.Panel value="visual">{visual}</Tabs.Panel>}
      <Tabs.Panel value="instructions">
        <ScrollArea.Autosize mah={320} className={classes.code} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': words.instructions }}>
          <pre>{JSON.stringify(instructions, null, 2)}</pre>
        </ScrollArea.Autosize>
      </Tabs.Panel>
      {json !== undefined && (
        <Tabs.Panel value="json" className={classes.code}>
          <JsonDiff before={json.before} after={json.after} label={words.json} />
        </Tabs.Panel>
      )}
    </Tabs>
  );
}
