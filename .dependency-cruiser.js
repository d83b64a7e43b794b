// The graph as a whole: cycles, deep imports, and what may never be reached from where. The layer rules with their
// named siblings are in eslint.config.js, where an editor shows them.
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-deep-imports',
      comment: 'A lib is entered through its src/index.ts.',
      severity: 'error',
      from: { path: '^(apps/[^/]+|libs/kernel|libs/testing|libs/[^/]+/[^/]+)/' },
      to: {
        path: '^libs/(kernel|testing|[^/]+/[^/]+)/src/',
        pathNot: ['^$1/', '^libs/(kernel|testing|[^/]+/[^/]+)/src/index\\.ts$'],
      },
    },
    {
      name: 'apps-stand-alone',
      comment: 'Services never import each other; only the standalone process puts them together, by their modules.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: ['^apps/standalone/'] },
      to: { path: '^apps/', pathNot: ['^apps/$1/'] },
    },
    {
      name: 'standalone-imports-modules-only',
      severity: 'error',
      from: { path: '^apps/standalone/' },
      to: { path: '^apps/(?!standalone/)', pathNot: ['\\.module\\.ts$'] },
    },
    {
      name: 'engines-are-pure',
      comment: 'An engine could be published alone: no framework, no database.',
      severity: 'error',
      from: { path: '^libs/engines/' },
      to: { path: 'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|minio|fastify|@fastify)/' },
    },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^libs/kernel/' },
      to: { pathNot: ['^libs/kernel/'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'entities-stay-inside',
      comment: 'Use cases and controllers see domain objects.',
      severity: 'error',
      from: { path: '\\.(controller|use-case)\\.ts$' },
      to: { path: '(\\.entity\\.ts$|node_modules/typeorm/)' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/testing/', '\\.spec\\.ts$'] },
      to: { path: '(^test/|^libs/testing/|\\.spec\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
  },
};
