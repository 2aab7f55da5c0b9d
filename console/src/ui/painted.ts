// When the page has been shown once: what is not seen at first is read only then.

/** Done after the next frame has been painted. */
export const painted = () =>
  new Promise<void>((done) => {
    requestAnimationFrame(() => setTimeout(done));
  });
