// Whether the answer, which way it flows, is kept back for now: then no words beside a picture tell it.

export const answer = { hidden: false };
