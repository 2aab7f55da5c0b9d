// Keys of things: proposed from their names, and what may stand in them.

const LONGEST = 100;
const ALLOWED = /^[a-zA-Z0-9][a-zA-Z0-9._-]*$/;

/** The key that a name suggests: `Checkout redesign` is `checkout-redesign`. */
export function keyFromName(name: string): string {
  const plain = name.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-._]+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
}

/** Whether the server would take it as a key. */
export const isKey = (key: string): boolean => ALLOWED.test(key);
