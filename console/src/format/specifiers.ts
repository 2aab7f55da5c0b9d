// Resources as policies and the audit log name them: `proj/default:env/test:flag/checkout;ops`.

export interface NamedResource {
  project?: string;
  environment?: string;
  /** The type of the innermost: `flag`, `segment`, `proj`. */
  type: string;
  key: string;
}

/** The keys in the text of one resource; undefined where it is none. */
export function readResource(text: string): NamedResource | undefined {
  const parts = text.split(':').map((part) => {
    const [type = '', key = ''] = (part.split(';')[0] ?? '').split('/');
    return { type, key: decode(key) };
  });
  const last = parts.at(-1);
  if (last === undefined || last.type === '') return undefined;
  const keyOf = (type: string) => parts.find((part) => part.type === type)?.key;
  const [project, environment] = [keyOf('proj'), keyOf('env')];
  return { ...(project !== undefined && { project }), ...(environment !== undefined && { environment }), ...last };
}

/** The projects that specifiers name in full and that are not among the known ones. */
export function unknownProjects(resources: readonly string[], known: readonly string[]): string[] {
  const named = resources.map((resource) => readResource(resource)?.project);
  const whole = named.filter((key) => key !== undefined && key !== '' && !/[*${]/.test(key)) as string[];
  return [...new Set(whole)].filter((key) => !known.includes(key));
}

const decode = (name: string) => name.replace(/%[0-9A-F]{2}/g, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));

const RESERVED = /[%:/;,*{}$]/g;

/** A key as a part of a specifier that means only it. */
export const specifierPart = (key: string) =>
  key.replace(RESERVED, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
