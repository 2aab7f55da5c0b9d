// What is said in the palette.

import { count, counted } from '../format/number';

export const paletteWords = {
  actOn: (name: string) => `Act on ${name}`,
  onThisPage: 'On this page',
  goTo: 'Go to',
  archived: 'Archived flags',
  turnOn: (environment: string) => `Turn on in ${environment}`,
  turnOff: (environment: string) => `Turn off in ${environment}`,
  asks: 'asks for confirmation',
  tryHint: 'what it gets, and why',
  copyKey: 'Copy key',
  copied: (key: string) => `Copied ${key}`,
  compare: 'Compare environments',
  auditFor: (text: string) => `Audit log for “${text}”`,
  contextsFor: (text: string) => `Contexts with “${text}”`,
  choose: 'choose',
  enter: 'open',
  acts: 'actions',
  environment: 'environment',
  back: 'back',
  things: (shown: number, all: number) => (shown < all ? `${count(shown)} of ${counted(all, 'thing')}` : counted(all, 'thing')),
  findAct: (name: string) => `What to do with ${name}`,
  noAct: (query: string) => `Nothing called “${query}” can be done with it`,
  pickEnvironment: (name: string) => `Environment: ${name}. Change it`,
};
