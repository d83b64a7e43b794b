import { DomainError } from '#kernel';
import type { SeedFault } from './catalogue-entry.js';

const shown = 5;

/** `catalogue-invalid` with one detail per fault; the summary, which start-up prints, names the first five. */
export const catalogueInvalid = (faults: readonly SeedFault[], cause?: unknown): DomainError => {
  const first = faults.slice(0, shown).map(({ place, problem }) => `${place} ${problem}`);
  const rest = faults.length > shown ? [`+${faults.length - shown}`] : [];
  return new DomainError(
    'catalogue-invalid',
    { summary: [...first, ...rest].join('; ') },
    {
      cause,
      details: faults.map(({ place, problem }) => ({ code: 'CATALOGUE_FAULT', field: place, params: { problem } })),
    },
  );
};
