// What is said of flags.

export const flagWords = {
  flags: 'Flags',
  flag: 'Flag',
  changed: 'Changed',
  switch: 'Switch',
  filter: 'Filter by name or key',
  noneTitle: 'No flags yet',
  noneText: 'A flag decides at run time what your program does, for everyone or for some.',
  noneMatch: (query: string) => `No flag matches “${query}”.`,
  create: 'New flag',
  createFirst: 'Create the first flag',
  theFlags: 'the flags',
  archivedSwitch: 'An archived flag cannot be switched.',
  othersSwitch: 'None of your roles allows updateOn on this flag here.',
  switchName: (flag: string, environment: string) => `${flag} in ${environment}`,
  turnedOn: (flag: string, environment: string) => `Turned on ${flag} in ${environment}`,
  turnedOff: (flag: string, environment: string) => `Turned off ${flag} in ${environment}`,
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  turning: { on: 'Turning on', off: 'Turning off' },
  notChanged: (flag: string) => `${flag} was not changed`,
};
