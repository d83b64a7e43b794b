import { type Figure, meetsTarget, ratioOf } from './figure.js';

/** Three significant digits; thousands are told apart. */
export const readable = (value: number): string => {
  if (!Number.isFinite(value)) return '-';
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
};

const columns = ['', 'measured', 'beside', 'ratio', 'target', 'samples'] as const;

const cells = (figure: Figure): string[] => {
  const { measure, value, unit, better, beside, samples, target } = figure;
  const ratio = ratioOf(figure);
  const bound = better === 'higher' ? '>=' : '<=';
  const verdict = meetsTarget(figure) ? 'met' : 'NOT MET';
  return [
    measure,
    `${readable(value)} ${unit}`,
    beside ? `${readable(beside.value)} ${unit}: ${beside.name}` : '',
    ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
    target ? `${bound} ${readable(target.value)} (${target.source}): ${verdict}` : '',
    samples,
  ];
};

/** A table for the terminal, one line per figure. */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = [[...columns], ...figures.map(cells)];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
};

/** One JSON object, for a line of `--json`. */
export const jsonOf = (bench: string, figure: Figure): string =>
  JSON.stringify({ bench, ...figure, ratio: ratioOf(figure), meetsTarget: meetsTarget(figure) });
