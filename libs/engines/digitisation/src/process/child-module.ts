import { fileURLToPath } from 'node:url';

/**
 * Path of a compiled module that runs as a child process. When the caller itself runs from TypeScript source, as it
 * does under Jest, the twin of that source under `dist/` is meant: a child process has no compiler.
 * @param from `import.meta.url` of the caller; @param relative path of the child beside it, ending in `.js`
 */
export const childModule = (from: string, relative: string): string => {
  const path = fileURLToPath(new URL(relative, from));
  return from.endsWith('.ts') ? path.replace(/([\\/])(libs[\\/]engines[\\/])/, '$1dist$1$2') : path;
};
