import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { certificatesFromPem } from '#engines/signatures';
import { Settings } from '#platform/config';
import { DevelopmentKeys } from '../keys/development-keys.js';

/** The roots a signature may lead to: the PEM files of `config/trust`, and in development mode the development root. */
@Injectable()
export class TrustAnchors {
  private loaded: Promise<readonly Uint8Array[]> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly development: DevelopmentKeys,
  ) {}

  /** DER, read once per process. */
  all(): Promise<readonly Uint8Array[]> {
    this.loaded ??= this.load().catch((error: unknown) => {
      this.loaded = undefined;
      throw error;
    });
    return this.loaded;
  }

  private async load(): Promise<readonly Uint8Array[]> {
    const folder = join(this.settings.configDir, 'trust');
    const names = (await namesIn(folder)).filter((name) => name.endsWith('.pem')).sort();
    const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    const development = await this.development.root();
    return [...files.flatMap((pem) => certificatesFromPem(pem)), ...(development ? [development] : [])];
  }
}

/** An installation without the folder trusts nobody. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
