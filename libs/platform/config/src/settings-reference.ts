import { markdownTable } from '#kernel';
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
    return `## ${headings[group as keyof typeof settingsTable]}\n\n${markdownTable([['Variable', 'Value', 'Default', 'Meaning'], ...rows])}`;
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
