// With what else the reader may do what is refused here, as their roles name it: other tags, names, environments.
import { permissionWords as words } from '../strings/permission';

interface Part {
  type: string;
  name: string;
  tags: string[];
  /** `critical:true` */
  properties: string[];
}

const NAMED = 3;
const SEGMENTS = /:(?![^{}]*\})/;
const isProperty = (mark: string) => mark.startsWith('{');

function partsOf(text: string): Part[] {
  return text.split(SEGMENTS).map((segment) => {
    const [named = '', marks = ''] = segment.replace(/^\//, '').split(';');
    const [type = '', name = ''] = named.split('/');
    const all = marks.split(',').filter(Boolean);
    return { type, name, tags: all.filter((mark) => !isProperty(mark)), properties: all.filter(isProperty).map((mark) => mark.slice(1, -1)) };
  });
}

const environmentOf = (parts: Part[]) => parts.find(({ type }) => type === 'env');

/** How one that is allowed differs from the one that is refused. */
type Aspect = 'tags' | 'name' | 'environment';

function aspectOf(own: Part[], other: Part[]): Aspect | undefined {
  const [mine, last] = [own.at(-1), other.at(-1)];
  if (mine === undefined || last === undefined) return undefined;
  if (last.tags.some((tag) => !mine.tags.includes(tag))) return 'tags';
  if (last.name !== '*' && last.name !== mine.name) return 'name';
  const [here, there] = [environmentOf(own), environmentOf(other)];
  if (there === undefined || here === undefined) return undefined;
  const isNarrow = there.tags.length + there.properties.length > 0;
  return isNarrow || (there.name !== '*' && there.name !== here.name) ? 'environment' : undefined;
}

function environmentWords({ name, tags, properties }: Part): string {
  if (name !== '*') return name;
  if (tags.length > 0) return words.environmentsTagged(tags.join(words.both));
  return properties.includes('critical:true') ? words.critical : words.uncritical;
}

/** “Your role gives it for flags tagged search; this one is tagged checkout.” Undefined where nothing can be said. */
export function elsewhereIn(now: string, elsewhere: readonly string[]): string | undefined {
  const own = partsOf(now);
  const mine = own.at(-1);
  const things = words.things[mine?.type ?? ''];
  if (mine === undefined || things === undefined) return undefined;
  const found = elsewhere.map(partsOf).map((parts) => ({ parts, aspect: aspectOf(own, parts) }));
  const aspect = found.find((one) => one.aspect !== undefined)?.aspect;
  if (aspect === undefined) return undefined;
  const alike = found.filter((one) => one.aspect === aspect).map(({ parts }) => parts);
  return words.gives(...TOLD[aspect](things, alike.slice(0, NAMED), mine, environmentOf(own)));
}

const TOLD: Record<Aspect, (things: string, alike: Part[][], mine: Part, here: Part | undefined) => [what: string, own: string]> = {
  tags: (things, alike, { tags }) => [
    words.tagged(things, alike.map((parts) => (parts.at(-1)?.tags ?? []).join(words.both)).join(words.either)),
    tags.length === 0 ? words.untagged : words.isTagged(tags.join(words.both)),
  ],
  name: (things, alike, { name }) => [
    words.called(things, alike.map((parts) => parts.at(-1)?.name ?? '').join(words.either)),
    words.isCalled(name),
  ],
  environment: (things, alike, _, here) => [
    words.within(things, alike.flatMap((parts) => environmentOf(parts) ?? []).map(environmentWords).join(words.either)),
    words.isWithin(here?.name ?? ''),
  ],
};
