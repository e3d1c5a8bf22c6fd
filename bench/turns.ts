/** Candidates measured in turns: what else the machine does falls on all of them alike. */

/** What one candidate reached over all rounds, in the unit that it answers. */
export interface Measured {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Runs each candidate once a round, in an order that rotates, and sums up what each answered (a rate, or a time).
 *  One round before the first is thrown away: it warms caches and compilers. */
export async function inTurns<Name extends string>(
  candidates: Readonly<Record<Name, () => Promise<number> | number>>,
  rounds: number,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(candidates) as Name[];
  const answers = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const index of names.keys()) {
      const name = names[(index + round + 1) % names.length] as Name;
      const answer = await candidates[name]();
      if (round >= 0) answers.get(name)?.push(answer);
    }
  }
  const entries = names.map((name) => [name, summary(answers.get(name) ?? [])]);
  return Object.fromEntries(entries) as Record<Name, Measured>;
}

function summary(answers: readonly number[]): Measured {
  const sorted = [...answers].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return { median: rounded(median), min: rounded(sorted[0] ?? 0), max: rounded(sorted.at(-1) ?? 0) };
}

/** Four significant digits: more would pretend. */
const rounded = (value: number): number => Number(value.toPrecision(4));
