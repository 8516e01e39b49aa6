/** The floors of the house (docs/decisions/001): data walks one way, and two promises hold even through third files. */
const only = (folder, ...may) => ({
  name: `${folder}-knows-only`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(src|receiver|desk|tools|e2e)/', pathNot: [folder, ...may].map((f) => `^src/${f}`) },
})
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    only('codebook'),
    only('seal'),
    only('ui'),
    only('i18n'),
    only('record', 'codebook/'),
    only('batch', 'record/', 'seal/'),
    only('export', 'record/', 'codebook/'),
    only('form', 'codebook/', 'record/', 'ui/', 'i18n/'),
    only('vault', 'record/', 'codebook/', 'seal/', 'batch/', 'database.ts', 'troubles/'),
    only('troubles', 'database.ts'),
    only('outbox', 'batch/', 'seal/', 'database.ts'),
    only('sw', 'outbox/', 'database.ts', 'troubles/'),
    {
      name: 'database-knows-types-only',
      severity: 'error',
      from: { path: '^src/database\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(batch|seal)/' },
    },
    {
      name: 'shared-floors-never-reach-the-page',
      severity: 'error',
      from: { path: '^src/(codebook|record|seal|batch|export)/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '(node_modules/(react|react-dom|dexie)/|^node:|^(fs|path|child_process|crypto|buffer)$)',
        reachable: true,
      },
    },
    {
      name: 'service-worker-never-reaches-the-vault',
      severity: 'error',
      from: { path: '^src/sw/' },
      to: { path: '^src/(vault|form|app|record/rules)', reachable: true },
    },
    {
      name: 'receiver-holds-no-opening-key',
      severity: 'error',
      from: { path: '^receiver/', pathNot: '(\\.test\\.ts$|/testing/)' },
      to: { path: '^src/(seal/envelope|batch/box|vault|record|codebook|export|app|form|ui|outbox)|^desk/' },
    },
    {
      name: 'only-these-rooms-know-the-database-library',
      severity: 'error',
      from: {
        path: '^(src|receiver|desk)/',
        pathNot: '(^src/(database\\.ts|vault/|outbox/)|\\.test\\.tsx?$|/testing/)',
      },
      to: { path: 'node_modules/dexie/' },
    },
    {
      name: 'desk-core-runs-in-a-page-too',
      severity: 'error',
      from: { path: '^desk/[^/]+\\.ts$', pathNot: '(cli|trial|\\.test)\\.ts$' },
      to: { path: '^desk/command/', pathNot: '\\.test\\.ts$' },
    },
    {
      name: 'desk-core-has-no-node',
      severity: 'error',
      from: { path: '^desk/[^/]+\\.ts$', pathNot: '(cli|trial|\\.test)\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'desk-knows-only',
      severity: 'error',
      from: { path: '^desk/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(src/(vault|outbox|form|ui|app|sw|database)|receiver/)' },
    },
    {
      name: 'nobody-builds-on-tests',
      severity: 'error',
      from: { pathNot: '(\\.test\\.tsx?$|^e2e/|/testing/)' },
      to: { path: '(\\.test\\.tsx?$|^e2e/|/testing/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
}
