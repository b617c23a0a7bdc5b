/**
 * Who may import whom, as rules with their reasons. `arrows` is the picture; everything it does not list is forbidden.
 * Everything may import `contracts/`, and itself. Tests beside the code are free in what they import; product code is not
 * free to import tests.
 */

const MODULES = {
  audit: [],
  accounts: ['audit'],
  inventory: ['audit'],
  vault: ['audit'],
  activity: [],
  drafts: [],
  provisioning: ['inventory', 'accounts', 'vault', 'audit'],
};

/** What slices use of the pure folders.
 * @type {Record<string, string[]>} */
const PURE_FLOORS = { provisioning: ['configuration'], drafts: ['shapes'] };

const arrows = {
  cli: { to: ['app', 'configuration'], because: 'a command reads its arguments and leaves the work to app' },
  app: {
    to: ['api', 'modules', 'gateway', 'configuration', 'detection', 'shapes', 'storage', 'platform'],
    because: 'the composition root knows every part below it, and none above it or in the browser',
  },
  api: {
    to: ['modules', 'platform'],
    because: 'the HTTP server mounts slices; tables and gateways are none of its business',
  },
  gateway: {
    to: ['detection', 'json-schema', 'openapi', 'shapes', 'storage/counters', 'platform'],
    because: 'the gateway keeps serving without the control plane, so it never opens the database or imports a module',
  },
  configuration: {
    to: ['json-schema', 'openapi'],
    because: 'reading a configuration is pure, so that check, import and start judge alike',
  },
  detection: { to: [], because: 'attack detection is pure: no input or output, no clock' },
  'json-schema': { to: [], because: 'judging a value by a schema is pure, and check and gateway judge alike' },
  openapi: { to: ['json-schema'], because: 'reading API descriptions is pure' },
  shapes: { to: [], because: 'what values look like is worked out alike in every gateway and in the control plane' },
  storage: { to: ['platform'], because: 'the storage engine serves slices and does not know them' },
  platform: { to: [], because: 'the platform is the ground floor' },
  contracts: { to: [], because: 'contracts go to the browser and to both planes, so they carry nothing with them' },
};

/** Tests, and the suites that every implementation of an interface has to pass. */
const TEST = String.raw`(\.test\.tsx?|contract-suite\.ts)$`;
const PURE = ['contracts', 'configuration', 'detection', 'json-schema', 'openapi', 'shapes'];
const INPUT_OUTPUT =
  '^(node:)?(fs|net|tls|http|http2|https|dgram|dns|child_process|worker_threads|cluster|sqlite)(/|$)';

/** @returns one rule for each folder of src: nothing of src but itself, contracts and its arrows */
function folderRules() {
  return Object.entries(arrows).map(([folder, { to, because }]) => ({
    name: `${folder}-imports`,
    severity: 'error',
    comment: `src/${folder} may import ${['contracts', ...to].join(', ')}: ${because}.`,
    from: { path: `^src/${folder}/`, pathNot: TEST },
    to: { path: '^src/', pathNot: [folder, 'contracts', ...to].map((one) => `^src/${one}/`) },
  }));
}

/** @returns one rule for each slice: the slices it builds on, storage and platform */
function sliceRules() {
  return Object.entries(MODULES).map(([slice, others]) => {
    const floors = ['contracts', 'storage', 'platform', ...(PURE_FLOORS[slice] ?? [])];
    return {
      name: `module-${slice}-imports`,
      severity: 'error',
      comment: `src/modules/${slice} may import ${[...others, ...floors].join(', ')}: slices depend one way, what looks back goes over the event bus.`,
      from: { path: `^src/modules/${slice}/`, pathNot: TEST },
      to: {
        path: '^src/',
        pathNot: [...[slice, ...others].map((one) => `^src/modules/${one}/`), ...floors.map((one) => `^src/${one}/`)],
      },
    };
  });
}

export default {
  forbidden: [
    ...folderRules(),
    ...sliceRules(),
    {
      name: 'module-listed',
      severity: 'error',
      comment: 'A new slice gets its place in the arrow list of .dependency-cruiser.mjs first.',
      from: { path: '^src/modules/', pathNot: `^src/modules/(${Object.keys(MODULES).join('|')})/` },
      to: {},
    },
    {
      name: 'folder-listed',
      severity: 'error',
      comment: 'A new folder of src gets its place in the arrow list of .dependency-cruiser.mjs first.',
      from: { path: '^src/', pathNot: `^src/(modules|${Object.keys(arrows).join('|')})/` },
      to: {},
    },
    {
      name: 'module-through-index',
      severity: 'error',
      comment: 'Slices see one another through index.ts alone, so that a slice can change inside without asking.',
      from: { path: '^src/', pathNot: ['^src/modules/', TEST] },
      to: { path: '^src/modules/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'module-through-index-of-another',
      severity: 'error',
      comment: 'Slices see one another through index.ts alone, so that a slice can change inside without asking.',
      from: { path: '^src/modules/([^/]+)/', pathNot: TEST },
      to: { path: '^src/modules/', pathNot: ['^src/modules/[^/]+/index\\.ts$', '^src/modules/$1/'] },
    },
    {
      name: 'pure-folders-touch-nothing',
      severity: 'error',
      comment: `src/{${PURE.join(',')}} are pure: whoever calls them fetches first, they judge. That keeps them testable and safe.`,
      from: { path: `^src/(${PURE.join('|')})/`, pathNot: TEST },
      to: { path: INPUT_OUTPUT, dependencyTypes: ['core'] },
    },
    {
      name: 'contracts-stay-in-the-browser',
      severity: 'error',
      comment: 'src/contracts is bundled into the console, where there is no Node.js.',
      from: { path: '^src/contracts/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'console-imports-contracts-only',
      severity: 'error',
      comment: 'The console talks to the control plane over HTTP; all they share in code is src/contracts.',
      from: { path: '^console/', pathNot: TEST },
      to: { path: '^(src|practice|bench|scripts|bin|test)/', pathNot: '^src/contracts/' },
    },
    {
      name: 'practice-imports-nothing-of-the-product',
      severity: 'error',
      comment: "The practice shop stands for somebody else's API: it must not know what guards it.",
      from: { path: '^practice/', pathNot: TEST },
      to: { path: '^(src|console|bench|scripts|bin|test)/' },
    },
    {
      name: 'src-imports-only-src',
      severity: 'error',
      comment: 'The product does not lean on what stands around it: console, practice shop, benchmarks, scripts.',
      from: { path: '^src/', pathNot: TEST },
      to: { path: '^(console|practice|bench|scripts|bin|test)/' },
    },
    {
      name: 'no-product-code-from-tests',
      severity: 'error',
      comment: 'What a test needs is not shipped; what is shipped does not need a test.',
      from: { path: '^(src|console|practice)/', pathNot: [TEST, '/testdata/'] },
      to: { path: [TEST, '/testdata/', '^test/'] },
    },
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Files that import one another in a circle can only be understood, loaded and tested together.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-development-dependency',
      severity: 'error',
      comment: 'The package is installed without development dependencies; src and practice would not start.',
      from: { path: '^(src|practice|bin)/', pathNot: [TEST, '/testdata/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unknown-import',
      severity: 'error',
      comment: 'An import that leads nowhere fails at run time.',
      from: {},
      // Files of types alone (`undici/types/header.js` is a .d.ts) are for the compiler to find.
      to: { couldNotResolve: true, pathNot: '^undici/types/' },
    },
    {
      name: 'no-undeclared-library',
      severity: 'error',
      comment: 'A library outside package.json is there by accident and gone with the next install.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    },
  ],
  options: {
    parser: 'swc',
    combinedDependencies: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^data/', '^test/architecture/testdata/'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
