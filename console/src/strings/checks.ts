// What is said when the first evaluation does not appear.

export const checkWords = {
  title: 'What was looked at',
  states: { good: 'in order', bad: 'not in order', ask: 'look at it yourself' },
  keyRight: (place: string, ending: string) => `The lines have the key that ${place} has now: it ends with ${ending}.`,
  keyChanged: (place: string) => `The key of ${place} was reset since these lines were shown. Reload the page and copy them again.`,
  keyElsewhere: (places: string, ending: string) =>
    `A program is connected to ${places} instead. The key in it has to be the one that ends with ${ending}.`,
  addressRight: (origin: string) => `${origin} answers this browser. The program has to reach it, too.`,
  addressLocal: (origin: string) => `${origin} is reached from this machine only. Run the program here, not in a container or elsewhere.`,
  addressSilent: (origin: string) => `${origin} does not answer now.`,
  clockRight: 'The clocks of this machine and of the server agree.',
  clockWrong: (minutes: number, isBefore: boolean) =>
    `The clock of this machine is ${minutes} min ${isBefore ? 'before' : 'behind'} that of the server. Set it right, or evaluations count at another time.`,
  clockUnknown: 'The clock of the server could not be read.',
  patience: 'Programs send what they evaluated every few seconds, and when they close their client. Let it run for some seconds.',
};
