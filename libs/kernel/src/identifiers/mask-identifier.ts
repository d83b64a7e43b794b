/**
 * An identifier fit for lists and logs: `042090000123` becomes `042*****0123` (FR-82). Identifiers shorter than ten
 * characters keep only their last three, so that what is hidden cannot simply be tried out.
 */
export const maskIdentifier = (value: string): string => {
  const [head, tail] = value.length >= 10 ? [3, 4] : [0, Math.min(3, Math.floor(value.length / 2))];
  const hidden = value.length - head - tail;
  return `${value.slice(0, head)}${'*'.repeat(hidden)}${value.slice(head + hidden)}`;
};
