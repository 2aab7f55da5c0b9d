// What would move the page while something is pressed waits until it is released: a line that appears between
// the two moves a button away from under the pointer, and the press is lost.

let waiting: (() => void)[] | undefined; // undefined while nothing is pressed

/** At once, or when what is pressed is released, before it counts as a click. */
export function afterPress(run: () => void): void {
  if (waiting) waiting.push(run);
  else run();
}

function press({ button }: MouseEvent): void {
  release();
  if (button === 0) waiting = []; // the others open menus of the browser, which keep their release
}

function release(): void {
  const ready = waiting;
  waiting = undefined;
  ready?.forEach((run) => run());
}

// Of a mouse and not of a pointer: a finger is up already when the field before loses the focus.
window.addEventListener('mousedown', press, true);
for (const end of ['mouseup', 'dragend', 'keydown']) window.addEventListener(end, release, true);
