// The context that is tried: as fields for each kind, or as JSON.
import { ActionIcon, Button, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { emptyPart, joinParts, partsOf, readContext, writeContext, type Context, type ContextPart } from '../../format/tryContext';
import { tryWords as words } from '../../strings/trying';
import { useDraft } from '../../ui/draft';
import { Keys } from '../../ui/KeyPill';
import { useShortcuts } from '../../ui/shortcuts';
import classes from './trying.module.css';
import { useTypedFocus } from './typing';

export interface ContextFormProps {
  /** A name under which what is typed is kept until it is evaluated. */
  draft: string;
  /** The context of the address, as it stands there. */
  address: string;
  /** What the form begins with. */
  initial: Context | undefined;
  onEvaluate: (context: Context) => void;
}

interface Typed {
  /** The context of the address that it was typed over. */
  over: string;
  isJson: boolean;
  parts: ContextPart[];
  text: string;
}

export function ContextForm({ draft: name, address, initial, onEvaluate }: ContextFormProps) {
  const draft = useDraft<Typed | null>(name, null, { read: readTyped });
  const begin = () => ({
    over: address,
    isJson: false,
    parts: partsOf(initial),
    text: writeContext(initial ?? { kind: 'user', key: '' }),
  });
  const typed = draft.value?.over === address ? draft.value : begin();
  const { isJson, parts, text } = typed;
  const set = (change: Partial<Typed>) => draft.set({ ...typed, ...change });
  const [problem, setProblem] = useState<string>();
  const read = () => (isJson ? readContext(text) : joinParts(parts));
  const evaluate = (event?: SyntheticEvent) => {
    event?.preventDefault();
    const { context, problem: found } = read();
    setProblem(found);
    if (context === undefined) return;
    draft.clear();
    onEvaluate(context);
  };
  const turn = (toJson: boolean) => {
    const { context, problem: found } = read();
    setProblem(found);
    if (context === undefined) return;
    set({ isJson: toJson, parts: partsOf(context), text: writeContext(context) });
  };
  useShortcuts([{ keys: 'mod+enter', label: words.evaluate, run: evaluate }]);
  return (
    <form className={classes.form} onSubmit={evaluate} aria-label={words.context}>
      <div className={classes.formHead}>
        <h2>{words.context}</h2>
        <SegmentedControl
          size="xs"
          aria-label={words.how}
          value={isJson ? words.json : words.fields}
          data={[words.fields, words.json]}
          onChange={(value) => turn(value === words.json)}
        />
      </div>
      {isJson ? (
        <Textarea
          aria-label={words.json}
          classNames={{ input: classes.mono }}
          autosize
          minRows={6}
          maxRows={24}
          spellCheck={false}
          error={problem}
          value={text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
      ) : (
        <Parts parts={parts} problem={problem} onChange={(next) => set({ parts: next })} />
      )}
      <Button type="submit" rightSection={<Keys keys="mod+enter" />}>
        {words.evaluate}
      </Button>
    </form>
  );
}

function readTyped(kept: unknown): Typed | undefined {
  const { over, isJson, parts, text } = (kept ?? {}) as Partial<Typed>;
  if (typeof over !== 'string' || typeof text !== 'string' || !Array.isArray(parts)) return undefined;
  return { over, isJson: isJson === true, parts, text };
}

interface PartsProps {
  parts: ContextPart[];
  problem: string | undefined;
  onChange: (parts: ContextPart[]) => void;
}

function Parts({ parts, problem, onChange }: PartsProps) {
  const first = useTypedFocus();
  const change = (place: number, part: Partial<ContextPart>) =>
    onChange(parts.map((one, at) => (at === place ? { ...one, ...part } : one)));
  return (
    <>
      {parts.map((part, place) => (
        <fieldset key={place} className={classes.part}>
          <legend className={classes.hidden}>{part.kind}</legend>
          <TextInput label={words.kind} value={part.kind} onChange={(event) => change(place, { kind: event.currentTarget.value })} />
          <TextInput
            ref={place === 0 ? first : undefined}
            label={words.key}
            classNames={{ input: classes.mono }}
            value={part.key}
            onChange={(event) => change(place, { key: event.currentTarget.value })}
          />
          {parts.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.removeKind(part.kind)}
              onClick={() => onChange(parts.filter((_, at) => at !== place))}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
          <Textarea
            className={classes.attributes}
            classNames={{ input: classes.mono }}
            label={words.attributes}
            placeholder={words.attributesHint}
            autosize
            minRows={1}
            spellCheck={false}
            value={part.attributes}
            onChange={(event) => change(place, { attributes: event.currentTarget.value })}
          />
        </fieldset>
      ))}
      {problem !== undefined && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <Button
        size="xs"
        variant="default"
        className={classes.add}
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...parts, emptyPart('')])}
      >
        {words.addKind}
      </Button>
    </>
  );
}
