// `/{p}/{e}/flags/{f}/variations`: what a flag can serve, in all environments alike.
import { Select } from '@mantine/core';
import type { Flag } from '../api/flags';
import { useAccess } from '../components/flags/access';
import { useFlag } from '../components/flags/flag';
import { VariationRows } from '../components/flags/variations/VariationRows';
import { useWholeFlagDraft } from '../components/flags/wholeFlag';
import { WholeFlagBar } from '../components/flags/WholeFlagBar';
import { usePlace } from '../components/place';
import { Section } from '../components/Section';
import { shortValue } from '../format/value';
import {
  carryOver,
  readVariations,
  valueKindOf,
  valueProblems,
  variationChange,
  variationParts,
  type EditedVariation,
  type EditedVariations,
  type ValueKind,
} from '../format/variations';
import { removalProblem, usesOf, type Use } from '../format/variationUses';
import { variationWords as words } from '../strings/variations';
import { Locked, Refusal } from '../ui/Locked';
import { Note } from '../ui/Note';
import classes from './variations.module.css';

export default function FlagVariationsPage() {
  const flag = useFlag();
  return <Variations key={flag.key} flag={flag} />;
}

function Variations({ flag }: { flag: Flag }) {
  const { project, environments } = usePlace();
  const kind = valueKindOf(flag.variations.map(({ value }) => value));
  const draft = useWholeFlagDraft(`variations:${project.key}/${flag.key}`, flag, {
    read: readVariations,
    isComplete: ({ list }) => valueProblems(kind, list).size === 0,
    change: (before, after, saved, version) => variationChange(kind, saved, carryOver(before, after, saved), version),
    stepsOf: variationParts,
    of: 'variation',
    listOf: ({ list }) => list.map((one) => ({ _id: one._id, description: nameOf(one, kind) })),
  });
  const { value: edited, set } = draft;
  const isMigration = flag._purpose === 'migration' || flag.migrationSettings !== undefined;
  const uses = ({ _id }: EditedVariation) => {
    const index = flag.variations.findIndex((one) => one._id === _id);
    return index < 0 ? [] : usesOf(index, flag.environments ?? {}, environments);
  };
  const setList = (list: EditedVariation[]) => set({ ...edited, list });
  const { refusal, missing } = useAccess('everywhere');
  const isReordered = draft.document !== undefined;
  const fixed = isMigration ? words.migrationFixed : kind === 'boolean' ? words.booleanFixed : undefined;
  return (
    <div className={classes.page}>
      <Refusal why={missing('updateFlagVariations', 'updateFlagDefaultVariations')} />
      <Section title={words.variations} hint={words.about}>
        {fixed !== undefined && <Note tone="info">{fixed}</Note>}
        <Locked isTold refusal={refusal('updateFlagVariations')}>
          <div className={classes.rows}>
            <VariationRows
              kind={kind}
              list={edited.list}
              saved={readVariations(flag).list}
              problems={valueProblems(kind, edited.list)}
              onChange={setList}
              isReadOnly={isMigration}
              hasKey={refusal('updateFlagVariations') === undefined}
              removal={(variation) => removalProblem(nameOf(variation, kind), uses(variation), defaultsOf(edited, variation))}
              below={(variation) => <Below variation={variation} uses={uses(variation)} isStage={isMigration} />}
            />
          </div>
        </Locked>
        {isReordered && <Note tone="info">{words.reordered}</Note>}
      </Section>
      {!isMigration && (
        <Locked isTold refusal={refusal('updateFlagDefaultVariations')}>
          <Defaults kind={kind} edited={edited} onChange={set} />
        </Locked>
      )}
      <WholeFlagBar flag={flag} draft={draft} />
    </div>
  );
}

const nameOf = ({ name, text }: EditedVariation, kind: ValueKind) =>
  name === '' ? (kind === 'string' ? shortValue(text) : text.slice(0, 40)) : name;

const defaultsOf = ({ on, off }: EditedVariations, { _id }: EditedVariation) => [
  ...(on === _id ? [words.defaultOn] : []),
  ...(off === _id ? [words.defaultOff] : []),
];

/** Where it is served now, and what its stage means. */
function Below({ variation, uses, isStage }: { variation: EditedVariation; uses: Use[]; isStage: boolean }) {
  return (
    <>
      {isStage && <p className={classes.hint}>{words.stages[variation.text]}</p>}
      <p className={classes.hint}>
        {uses.length === 0
          ? words.unused
          : words.servedIn(uses.map(({ environment, places }) => words.usedBy(places, environment)))}
      </p>
    </>
  );
}

interface DefaultsProps {
  kind: ValueKind;
  edited: EditedVariations;
  onChange: (edited: EditedVariations) => void;
}

function Defaults({ kind, edited, onChange }: DefaultsProps) {
  const data = edited.list.map((variation, at) => ({
    value: variation._id,
    label: nameOf(variation, kind) || words.variation(at + 1),
  }));
  const field = (member: 'on' | 'off', label: string) => (
    <Select
      label={label}
      data={data}
      allowDeselect={false}
      value={edited[member]}
      onChange={(id) => id !== null && onChange({ ...edited, [member]: id })}
    />
  );
  return (
    <Section title={words.defaults} hint={words.defaultsHint}>
      <div className={classes.defaults}>
        {field('on', words.whenOn)}
        {field('off', words.whenOffField)}
      </div>
    </Section>
  );
}
