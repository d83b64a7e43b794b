/** One measured figure and what stood beside it in the same run. */
export interface Figure {
  /** What was measured, in words. */
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** The floor or peer, in the same unit. */
  readonly beside?: { readonly name: string; readonly value: number };
  /** What the value is the median (or percentile) of, e.g. `3 rounds of 8 s`. */
  readonly samples: string;
  /** In the figure's unit; `source` is the section that sets it. */
  readonly target?: { readonly value: number; readonly source: string };
}

/** Value over peer; undefined without a peer. */
export const ratioOf = ({ value, beside }: Figure): number | undefined => beside && value / beside.value;

export const meetsTarget = ({ value, better, target }: Figure): boolean | undefined =>
  target && (better === 'higher' ? value >= target.value : value <= target.value);
