import { runService } from '#platform/runtime';
import { ingestionService } from './ingestion.module.js';

await runService([ingestionService]);
