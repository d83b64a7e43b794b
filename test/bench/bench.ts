import type { Figure } from './report/figure.js';
import type { Workshop } from './workshop.js';

/** One subject of `npm run bench`. */
export interface Bench {
  /** As it is named on the command line. */
  readonly name: string;
  /** What is done and what stands beside it, for the terminal. */
  readonly about: string;
  run(workshop: Workshop): Promise<readonly Figure[]>;
}
