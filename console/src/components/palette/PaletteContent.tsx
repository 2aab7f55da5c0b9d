// What stands in the palette: what is looked for, what is found, and the keys that choose.
import { UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconSearch, IconServer } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { paletteWords as words } from '../../strings/palette';
import { shell } from '../../strings/shell';
import { Keys } from '../../ui/KeyPill';
import { usePrefs } from '../../ui/prefs';
import type { Place } from '../place';
import { EnvironmentName } from '../shell/EnvironmentPicker';
import { actsOf, type ActPlace, type Thing } from './acts';
import { useFound, type Choice, type ChoiceGroup } from './finding';
import { optionId, PaletteList } from './PaletteList';
import classes from './palette.module.css';

export interface PaletteContentProps {
  place: Place;
  acting: Omit<ActPlace, 'isHere'>;
  onChooseEnvironment: (key: string) => void;
  onRun: (choice: Choice) => void;
  onClose: () => void;
}

/** What is chosen from: everything, the actions of a thing, or environments; and what it was come from. */
interface Inside {
  thing?: Thing;
  before: { query: string; chosen: string | undefined };
}

export function PaletteContent({ place, acting, onChooseEnvironment, onRun, onClose }: PaletteContentProps) {
  const { singleKeys } = usePrefs();
  const [query, setQuery] = useState('');
  const [moved, setMoved] = useState<string>(); // the line that was gone to by keys or mouse
  const [inside, setInside] = useState<Inside>();
  const isEntered = useRef(false); // before what was typed last is found
  const list = useId();
  const found = useFound(place, acting, inside ? inside.before.query : query);
  const { groups, isSettled } = useShown(found, inside, query, place, acting);
  const choices = groups.flatMap((group) => group.choices);
  const chosen = choices.find(({ key }) => key === moved) ?? choices.find(({ refusal }) => refusal === undefined);

  const type = (text: string) => {
    setQuery(text);
    setMoved(undefined);
    isEntered.current = false;
  };
  const enter = (thing?: Thing) => {
    setInside({ ...(thing && { thing }), before: { query, chosen: chosen?.key } });
    type('');
  };
  const back = () => {
    setQuery(inside?.before.query ?? '');
    setMoved(inside?.before.chosen);
    setInside(undefined);
  };
  const run = (choice: Choice | undefined) => {
    if (choice === undefined || choice.refusal !== undefined) return;
    if (inside === undefined || inside.thing) onRun(choice);
    else {
      onChooseEnvironment(choice.key);
      back();
    }
  };
  useEffect(() => {
    if (!isEntered.current || !isSettled) return;
    isEntered.current = false;
    run(chosen);
  });
  const go = (by: number) => {
    const at = choices.findIndex((one) => one === chosen);
    const next = choices[(at + by + choices.length) % choices.length];
    setMoved(next?.key);
    if (next) document.getElementById(optionId(list, next))?.scrollIntoView({ block: 'nearest' });
  };
  const answers: Record<string, (() => void) | undefined> = {
    ArrowDown: () => go(1),
    ArrowUp: () => go(-1),
    // What was typed last is awaited, so that no line of an earlier text is opened.
    Enter: () => {
      isEntered.current = !isSettled && moved === undefined;
      if (!isEntered.current) run(chosen);
    },
    Tab: () => chosen?.thing && inside === undefined && enter(chosen.thing),
    Escape: inside ? back : onClose,
    Backspace: query === '' && inside ? back : undefined,
    e: query === '' && inside === undefined && singleKeys ? () => enter() : undefined,
  };
  const answer = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.nativeEvent.isComposing;
    const does = event.key === 'Tab' && event.shiftKey ? (inside && back) : answers[event.key];
    if (!isPlain || (does === undefined && event.key !== 'Tab')) return;
    event.preventDefault();
    event.stopPropagation();
    does?.();
  };
  const label = labelOf(inside);
  return (
    <div className={classes.palette} onPointerDown={keepFocus}>
      <div className={classes.head}>
        {inside ? (
          <UnstyledButton className={classes.back} onClick={back} aria-label={words.back} tabIndex={-1}>
            <IconArrowLeft size={18} stroke={1.6} aria-hidden />
          </UnstyledButton>
        ) : (
          <IconSearch size={18} stroke={1.6} aria-hidden />
        )}
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={list}
          aria-activedescendant={chosen && optionId(list, chosen)}
          aria-label={label}
          placeholder={inside ? label : shell.search}
          spellCheck={false}
          autoComplete="off"
          data-mantine-stop-propagation="true" // Escape is answered here
          onKeyDown={answer}
          value={query}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <UnstyledButton
          className={classes.environment}
          tabIndex={-1}
          aria-label={words.pickEnvironment(place.environment.name)}
          onClick={() => enter()}
          disabled={inside !== undefined}
        >
          <EnvironmentName environment={place.environment} />
        </UnstyledButton>
      </div>
      <PaletteList id={list} label={label} groups={groups} chosen={chosen?.key} query={query} onHover={setMoved} onRun={run} />
      {choices.length === 0 && <p className={classes.nothing}>{inside?.thing ? words.noAct(query) : shell.nothingFound}</p>}
      {query !== '' && !inside && isSettled && found.total === 0 && <p className={classes.nothing}>{shell.noResults(query)}</p>}
      <Hints hasActs={chosen?.thing !== undefined} isInside={inside !== undefined} offersEnvironment={query === '' && singleKeys}>
        {found.total > 0 && !inside && words.things(choices.filter(({ thing }) => thing).length, found.total)}
      </Hints>
    </div>
  );
}

/** What is typed goes to the field, wherever one presses. */
const keepFocus = (event: PointerEvent) => {
  if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
};

const labelOf = (inside: Inside | undefined): string => {
  if (inside === undefined) return shell.searchLabel;
  return inside.thing ? words.findAct(inside.thing.name) : shell.findEnvironment;
};

/** The lines of what is chosen from. */
function useShown(
  found: ReturnType<typeof useFound>,
  inside: Inside | undefined,
  query: string,
  { environments }: Place,
  acting: Omit<ActPlace, 'isHere'>,
): { groups: ChoiceGroup[]; isSettled: boolean } {
  if (inside === undefined) return found;
  const { thing } = inside;
  const all: Choice[] = thing
    ? actsOf(thing, { ...acting, isHere: false })
    : environments.map(({ key, name }) => ({ key, label: name, hint: key, icon: IconServer }));
  const wanted = query.trim().toLowerCase();
  const choices = all.filter(({ label, hint = '' }) => `${label} ${hint}`.toLowerCase().includes(wanted));
  const label = thing ? words.actOn(thing.name) : shell.environments;
  return { groups: choices.length > 0 ? [{ label, choices }] : [], isSettled: true };
}

interface HintsProps {
  hasActs: boolean;
  isInside: boolean;
  offersEnvironment: boolean;
  children: ReactNode;
}

/** The keys that choose, for those who see them. */
function Hints({ hasActs, isInside, offersEnvironment, children }: HintsProps) {
  const hints: [string, string][] = [
    ['up down', words.choose],
    ['enter', words.enter],
    ...(hasActs ? [['tab', words.acts] as [string, string]] : []),
    ...(isInside ? [['esc', words.back] as [string, string]] : []),
    ...(offersEnvironment && !isInside ? [['e', words.environment] as [string, string]] : []),
  ];
  return (
    <div className={classes.foot}>
      {hints.map(([keys, does]) => (
        <span key={keys} className={classes.footKey} aria-hidden>
          <Keys keys={keys} isAlways /> {does}
        </span>
      ))}
      <span className={classes.total} role="status">
        {children}
      </span>
    </div>
  );
}
