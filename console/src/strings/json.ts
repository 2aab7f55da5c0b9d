// What is said of JSON that is typed.

export const jsonWords = {
  at: (line: number, column: number, what: string) => `Line ${line}, column ${column}: ${what}.`,
  theEnd: 'the end',
  nameExpected: (at: string) => `a name in double quotes is missing before ${at}`,
  valueExpected: (at: string) => `a value is missing before ${at}`,
  colonMissing: (at: string) => `a colon is missing before ${at}`,
  commaMissing: (at: string) => `a comma is missing before ${at}`,
  braceMissing: (at: string) => `a closing } is missing before ${at}`,
  bracketMissing: (at: string) => `a closing ] is missing before ${at}`,
  endExpected: (at: string) => `nothing may follow, but there is ${at}`,
  noComments: () => 'JSON has no comments',
  stringOpen: () => 'a closing " is missing',
  badUnicode: () => 'four hexadecimal digits have to follow \\u',
  badEscape: () => 'this character cannot be escaped',
  badCharacter: () => 'a control character has to be escaped',
  bytes: (count: string) => `${count} bytes`,
  format: 'Format',
  unexpected: (at: string) => `${at} is no value; words need double quotes`,
};
