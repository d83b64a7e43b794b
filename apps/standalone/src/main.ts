import { runService } from '#platform/runtime';
import { ingestionService } from '../../ingestion/src/ingestion.module.js';
import { reuseService } from '../../reuse/src/reuse.module.js';
import { signingService } from '../../signing/src/signing.module.js';

await runService([ingestionService, signingService, reuseService]);

// Started by the command-line tool: when that is gone, however it went, nobody could stop this process any more.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
