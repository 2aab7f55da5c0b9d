// Which of the changes that the stream tells of were made in this tab: their answers say so.

const KEPT = 50; // positions of changes, which the stream tells of before their answers or soon after
const LONGEST = 500; // milliseconds for which answers are waited for

let made: number[] = [];
const asked = new Set<Promise<void>>();

/** A call that may change something, from when it is sent. */
export function noteWrite(call: Promise<Response>): Promise<Response> {
  const told = call
    .then(
      ({ headers }) => {
        const position = headers.get('X-Flagstaff-Change');
        if (position !== null) made = [...made.slice(1 - KEPT), Number(position)];
      },
      () => undefined, // without an answer nothing is known of it
    )
    .finally(() => asked.delete(told));
  asked.add(told);
  return call;
}

/** Whether a change, by its position, was made in this tab. The calls of this tab that are under way may tell. */
export async function isOwn(position: number): Promise<boolean> {
  if (!made.includes(position)) await Promise.race([Promise.all(asked), new Promise((resolve) => setTimeout(resolve, LONGEST))]);
  return made.includes(position);
}
