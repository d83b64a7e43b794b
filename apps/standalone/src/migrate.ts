import { runMigrations } from '#platform/persistence';
import { partsOf } from '#platform/runtime';
import { ingestionService } from '../../ingestion/src/ingestion.module.js';
import { reuseService } from '../../reuse/src/reuse.module.js';
import { signingService } from '../../signing/src/signing.module.js';

// A step of a deployment, apart from the services: only this one knows the owner role's password.
const ownerUrl = process.env.DATABASE_OWNER_URL;
if (!ownerUrl) {
  console.error('Set DATABASE_OWNER_URL to the database, as the owner role.');
  process.exit(2);
}
const names = await runMigrations({ ownerUrl, parts: partsOf([ingestionService, signingService, reuseService]) });
console.log(names.length === 0 ? 'The database is up to date.' : `Ran ${names.length} migrations: ${names.join(', ')}`);
