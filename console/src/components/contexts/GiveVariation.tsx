// Giving one context a variation of a flag whatever its rules say, or leaving it to them again; through review.
import { Button, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { flagQuery, type Flag, type Instruction } from '../../api/flags';
import { giveIndividually, individualOf, type Individual } from '../../format/individual';
import { readTargeting, stepsBetween } from '../../format/steps';
import { variationName } from '../../format/value';
import { contextWords as words } from '../../strings/contexts';
import { targetingWords } from '../../strings/targeting';
import { useAddress } from '../../ui/address';
import { Dialog } from '../../ui/Dialog';
import { FailureState, LoadingState } from '../../ui/States';
import { FlagReview } from '../flags/FlagReview';
import { useFlagSaving } from '../flags/saving';
import { usePlace } from '../place';
import { REVIEWED } from './giving';

export interface GiveVariationProps {
  flagKey: string;
  context: Individual & { name?: string };
  onClose: () => void;
}

export default function GiveVariation({ flagKey, context, onClose }: GiveVariationProps) {
  const { project } = usePlace();
  const { data: flag, error, refetch } = useQuery(flagQuery(project.key, flagKey));
  if (flag) return <Giving flag={flag} context={context} onClose={onClose} />;
  return (
    <Dialog title={words.give} onClose={onClose}>
      {error ? <FailureState what={words.theFlag} error={error} onRetry={refetch} /> : <LoadingState rows={3} />}
    </Dialog>
  );
}

const BY_RULES = 'rules';

function Giving({ flag, context, onClose }: { flag: Flag } & Omit<GiveVariationProps, 'flagKey'>) {
  const { project, environment } = usePlace();
  const targeting = readTargeting((flag.environments?.[environment.key] ?? {}));
  const held = individualOf(targeting.targets, context);
  const [search, change] = useAddress();
  const { save, tellSaved } = useFlagSaving(project.key, flag, environment);
  const named = flag.variations.map((variation, index) => ({ value: String(index), label: variationName(variation) }));
  const choices = [{ value: BY_RULES, label: words.byRules }, ...named];
  const reviewed = choices.find(({ value }) => value === search.get(REVIEWED))?.value;
  const [chosen, setChosen] = useState(reviewed ?? (held === undefined ? BY_RULES : String(held)));
  const wanted = chosen === BY_RULES ? undefined : Number(chosen);
  const after = { ...targeting, targets: giveIndividually(targeting.targets, context, wanted) };
  const ids = flag.variations.map((variation) => variation._id);
  const steps = stepsBetween(targeting, after, ids) as unknown as Instruction[];
  if (reviewed !== undefined && steps.length > 0) {
    const given = { project: project.key, environment: environment.key, flag: flag.key, instructions: steps };
    const onSaved = (saved: Flag) => {
      tellSaved(saved);
      onClose();
    };
    const close = () => change({ [REVIEWED]: undefined }, true);
    return <FlagReview {...{ environment, save, onSaved }} change={given} subject={flag.name} onClose={close} />;
  }
  return (
    <Dialog title={words.giveTitle(flag.name, context.name ?? context.key)} onClose={onClose}>
      <Stack gap="md">
        <Text c="dimmed">{words.giveText(environment.name)}</Text>
        <Select label={words.gets} data={choices} value={chosen} allowDeselect={false} onChange={(next) => setChosen(next ?? BY_RULES)} />
        <Button onClick={() => change({ [REVIEWED]: chosen })} disabled={steps.length === 0}>
          {targetingWords.review}
        </Button>
      </Stack>
    </Dialog>
  );
}
