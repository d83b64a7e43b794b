import { runService } from '#platform/runtime';
import { reuseService } from './reuse.module.js';

await runService([reuseService]);
