// What is said of the time that something still takes.

export const paceWords = {
  seconds: (count: number) => `about ${count} s left`,
  minutes: (count: number) => `about ${count} min left`,
  hours: (count: number) => `about ${count} h left`,
};
