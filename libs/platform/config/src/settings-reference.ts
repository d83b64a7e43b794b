import { type Setting, settingsTable } from './settings-table.js';

const headings: Readonly<Record<keyof typeof settingsTable, string>> = {
  process: 'Process',
  data: 'Data and database',
  queue: 'Queue',
  objects: 'Objects',
  secrets: 'Keys and secrets',
  access: 'Sign-in and access',
  digitisation: 'Digitisation',
};

/** Columns padded to one width, the way the formatter leaves them. */
const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
};

const row = ({ variable, type, fallbackText, meaning, secret }: Setting<unknown>): string[] => [
  `\`${variable}\``,
  type.label,
  fallbackText,
  secret ? `${meaning} Secret.` : meaning,
];

/** The text of `config/settings.md`. */
export const settingsReference = (): string => {
  const sections = Object.entries(settingsTable).map(([group, settings]) => {
    const rows = Object.values<Setting<unknown>>(settings).map(row);
    return `## ${headings[group as keyof typeof settingsTable]}\n\n${table([['Variable', 'Value', 'Default', 'Meaning'], ...rows])}`;
  });
  return [
    '# Settings',
    'Every process reads its settings from environment variables, checks them all at start, and names every fault at once.\nAn empty variable counts as absent. Printed from `libs/platform/config/src/settings-table.ts`; change it there.',
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n\n$/, '\n');
};
