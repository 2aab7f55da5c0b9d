// Where a variation of a flag is served: what it says of itself, and why it cannot be removed.
import { count } from './number';
import { variationWords as words } from '../strings/variations';
import { readTargeting, type AnsweredTargeting, type Outcome } from './steps';

export interface Use {
  environment: string;
  /** “rule 3 and 2 targets”. */
  places: string;
}

interface Environment {
  key: string;
  name: string;
}

/** Where the variation of that index is served, one line for each environment that does. */
export function usesOf(index: number, targetings: Record<string, AnsweredTargeting>, environments: Environment[]): Use[] {
  return environments.flatMap(({ key, name }) => {
    const places = placesOf(index, targetings[key] ?? {});
    return places.length === 0 ? [] : [{ environment: name, places: words.join(places) }];
  });
}

function placesOf(index: number, answered: AnsweredTargeting): string[] {
  const { rules, targets, fallthrough, offVariation } = readTargeting(answered);
  const among = rules.flatMap((rule, place) => (serves(rule, index) ? [place + 1] : []));
  const keys = targets.filter(({ variation }) => variation === index).reduce((sum, { values }) => sum + values.length, 0);
  return [
    ...(among.length > 0 ? [words.rules(among)] : []),
    ...(keys > 0 ? [words.targets(count(keys))] : []),
    ...(serves(fallthrough, index) ? [words.everyoneElse] : []),
    ...(offVariation === index ? [words.whenOff] : []),
  ];
}

/** A share of nothing is none. */
const serves = ({ variation, rollout }: Outcome, index: number) =>
  rollout === undefined
    ? variation === index
    : rollout.variations.some((share) => share.variation === index && share.weight > 0);

/** Why a variation cannot be removed; undefined if nothing needs it. `defaults` are those it is one of. */
export function removalProblem(name: string, uses: Use[], defaults: string[]): string | undefined {
  const places = [...uses.map(({ environment, places: where }) => words.servedBy(where, environment)), ...defaults];
  return places.length === 0 ? undefined : words.inUse(name, words.join(places));
}
