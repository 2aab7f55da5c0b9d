// Whose drafts a browser shows: those of one member are put aside while another one is signed in.

export const DRAFT = 'flagstaff-draft:';
const aside = (member: string) => `flagstaff-aside:${member}:`;

/** What is kept under another name now, as [before, after]; `before` is who was signed in last, if anybody. */
export function renamed(names: readonly string[], before: string | undefined, member: string): [string, string][] {
  if (before === undefined || before === member) return [];
  const move = (from: string, to: string) =>
    names.filter((name) => name.startsWith(from)).map((name): [string, string] => [name, to + name.slice(from.length)]);
  return [...move(DRAFT, aside(before)), ...move(aside(member), DRAFT)];
}
