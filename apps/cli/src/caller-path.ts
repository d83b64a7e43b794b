import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the installed product: where `dist`, `config` and package.json are. */
export const productRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');

/** A path as the caller means it: npm runs scripts in the package's folder and names the caller's in INIT_CWD. */
export const callerPath = (path: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), path);
