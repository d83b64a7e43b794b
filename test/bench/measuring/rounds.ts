/**
 * Runs the sides in turn, round after round, each round in the opposite order of the one before: what else the machine
 * does then falls on all of them alike, and their ratio stays of use when the figures are noisy.
 * @returns what each side gave, one value a round
 */
export const inTurn = async <Side extends string, T>(
  rounds: number,
  sides: Readonly<Record<Side, (round: number) => Promise<T>>>,
): Promise<Record<Side, T[]>> => {
  const names = Object.keys(sides) as Side[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Side, T[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) results[name].push(await sides[name](round));
  }
  return results;
};

/** Seconds that the work takes. */
export const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
