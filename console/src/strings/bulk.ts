// What is said when many flags are changed at once.
import { count, counted } from '../format/number';

const flags = (number: number) => counted(number, 'flag');
const them = (number: number) => (number === 1 ? 'it' : 'them');

export const bulkWords = {
  picked: (number: number) => `${count(number)} picked`,
  bar: 'Picked flags',
  pickAll: (total: number) => `Pick all ${count(total)} that match`,
  clear: 'Let go',
  tags: 'Tag',
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  archive: 'Archive',
  restore: 'Restore',
  inEnvironment: (act: string, environment: string) => `${act} in ${environment}`,
  everywhere: 'every environment',
  titles: {
    turnOn: (number: number) => `Turn on ${flags(number)}`,
    turnOff: (number: number) => `Turn off ${flags(number)}`,
    archive: (number: number) => `Archive ${flags(number)}`,
    restore: (number: number) => `Restore ${flags(number)}`,
    tags: (number: number) => `Tag ${flags(number)}`,
  },
  addTags: 'Tags to add',
  removeTags: 'Tags to remove',
  sentences: {
    turnFlagOn: (number: number, where: string) => `Turn on **${flags(number)}** in **${where}**.`,
    turnFlagOff: (number: number, where: string) =>
      `Turn off **${flags(number)}** in **${where}**. Everyone gets the off variation of each.`,
    archiveFlag: (number: number) =>
      `Archive **${flags(number)}**: put away from the list, and off for every SDK in all environments.`,
    restoreFlag: (number: number) => `Restore **${flags(number)}** from the archive: in the list again, as before.`,
    addTags: (number: number, _where: string, tags: string) => `Add ${tags} to **${flags(number)}**.`,
    removeTags: (number: number, _where: string, tags: string) => `Remove ${tags} from **${flags(number)}**.`,
  } as Record<string, (number: number, where: string, tags: string) => string>,
  tag: (tag: string) => `\`${tag}\``,
  chooseTags: 'Choose tags to add or to remove.',
  checking: (done: number, all: number) => `Checked ${count(done)} of ${count(all)}`,
  same: (number: number) => `${flags(number)} ${number === 1 ? 'is' : 'are'} so already, and ${number === 1 ? 'stays' : 'stay'} untouched.`,
  refused: (number: number) => `${flags(number)} cannot be changed, and ${number === 1 ? 'stays' : 'stay'} untouched`,
  unknown: (number: number) => `${flags(number)} could not be checked, and ${number === 1 ? 'is' : 'are'} left out`,
  conflicts: (number: number) => `${flags(number)}: this gets in the way of something`,
  leaveOut: (number: number) => `Leave ${them(number)} out`,
  nothing: 'Nothing is left to change.',
  checkAgain: 'Check again',
  which: (number: number) => `The ${flags(number)}`,
  more: (number: number) => `and ${count(number)} more`,
  mayNot: (actions: string[]) => `You may not do this: ${actions.join(', ')}.`,
  save: {
    turnOn: (number: number, where: string) => `Turn on ${flags(number)} in ${where}`,
    turnOff: (number: number, where: string) => `Turn off ${flags(number)} in ${where}`,
    archive: (number: number) => `Archive ${flags(number)} in every environment`,
    restore: (number: number) => `Restore ${flags(number)} in every environment`,
    tags: (number: number) => `Change the tags of ${flags(number)}`,
  },
  done: {
    turnOn: (number: number, where: string) => `Turned on ${flags(number)} in ${where}`,
    turnOff: (number: number, where: string) => `Turned off ${flags(number)} in ${where}`,
    archive: (number: number) => `Archived ${flags(number)}`,
    restore: (number: number) => `Restored ${flags(number)}`,
    tags: (number: number) => `Changed the tags of ${flags(number)}`,
  },
  saving: (done: number, all: number) => `Saved ${count(done)} of ${count(all)}`,
  stop: 'Stop',
  stopped: (left: number) => `Stopped. ${flags(left)} ${left === 1 ? 'was' : 'were'} not changed.`,
  saved: (number: number) => `${flags(number)} ${number === 1 ? 'is' : 'are'} changed.`,
  failed: (number: number) => `${flags(number)} could not be changed`,
  tryAgain: (number: number) => `Try ${number === 1 ? 'this one' : `these ${count(number)}`} again`,
  undone: (number: number) => `Took the change of ${flags(number)} back`,
  notUndone: (number: number, names: string) => `The change of ${flags(number)} could not be taken back: ${names}`,
  undoComment: 'Undo of a change of many flags',
};

/** Which of the wordings a change has. */
export type BulkAct = keyof typeof bulkWords.titles;
