import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

// The layers, lowest first: a lib may import the layers before its own (README, "Where things are").
const layers = ['kernel', 'engines', 'platform', 'domain'];
const below = (layer) => layers.slice(0, layers.indexOf(layer));

// Siblings that may be imported within one layer: written here and in the importing lib's README.
const siblings = {
  engines: { signatures: ['pdf'] },
  platform: {
    audit: ['observability', 'persistence'],
    queue: ['observability', 'persistence'],
    storage: ['persistence', 'observability'],
    http: ['auth', 'config', 'observability', 'persistence'],
    auth: ['audit', 'config', 'observability', 'persistence'],
    runtime: ['audit', 'auth', 'config', 'http', 'observability', 'persistence', 'queue', 'storage'],
  },
  domain: {
    records: ['catalogue', 'events'],
    dossiers: ['catalogue', 'events'],
    availability: ['catalogue', 'dossiers', 'records'],
  },
};

const libPolicies = layers.flatMap((layer) => [
  {
    from: { element: { type: layer } },
    // `domain` and the apps sit on everything; `platform` knows nothing of the engines.
    allow: {
      to: { element: { types: { anyOf: below(layer).filter((l) => !(layer === 'platform' && l === 'engines')) } } },
    },
  },
  ...Object.entries(siblings[layer] ?? {}).flatMap(([name, allowed]) =>
    allowed.map((sibling) => ({
      from: { element: { type: layer, captured: { name } } },
      allow: { to: { element: { type: layer, captured: { name: sibling } } } },
    })),
  ),
]);

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'out/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { boundaries },
    languageOptions: { parserOptions: { projectService: true } },
    settings: {
      'import/resolver': { typescript: { project: 'tsconfig.json' } },
      'boundaries/elements': [
        { type: 'kernel', pattern: 'libs/kernel' },
        { type: 'engines', pattern: 'libs/engines/*', capture: ['name'] },
        { type: 'platform', pattern: 'libs/platform/*', capture: ['name'] },
        { type: 'domain', pattern: 'libs/domain/*', capture: ['name'] },
        { type: 'testing', pattern: 'libs/testing' },
        { type: 'app', pattern: 'apps/*', capture: ['name'] },
        { type: 'test', pattern: 'test' },
      ],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...libPolicies,
            { from: { element: { type: 'app' } }, allow: { to: { element: { types: { anyOf: layers } } } } },
            // Only their *.module.ts: .dependency-cruiser.js sees to that.
            {
              from: { element: { type: 'app', captured: { name: 'standalone' } } },
              allow: { to: { element: { type: 'app' } } },
            },
            {
              from: { element: { types: { anyOf: ['testing', 'test'] } } },
              allow: { to: { element: { types: { anyOf: [...layers, 'testing', 'app'] } } } },
            },
          ],
        },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Nest and TypeORM name classes and modules through empty declarations and Function types.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unsafe-function-type': 'off',
    },
  },
  { files: ['**/*.spec.ts', 'test/**/*.ts'], rules: { 'boundaries/dependencies': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
