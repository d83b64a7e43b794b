import { runService } from '#platform/runtime';
import { signingService } from './signing.module.js';

await runService([signingService]);
