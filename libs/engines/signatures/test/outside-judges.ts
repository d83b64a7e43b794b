import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Tool = 'openssl' | 'pdfsig' | 'qpdf' | 'pdftoppm' | 'pdftotext';

/** Runs a program that shares no code with us. Says plainly when it is not installed, and then judges nothing. */
export const withTool = <T>(tool: Tool, judge: (run: (...args: string[]) => string) => T): T | undefined => {
  if (spawnSync(tool, [tool === 'openssl' ? 'version' : '--version']).error) {
    process.stderr.write(`Not judged by ${tool}: it is not installed (apt install openssl poppler-utils qpdf).\n`);
    return undefined;
  }
  return judge((...args) => execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
};

/** A folder with the given files, removed afterwards. @param use gets the path of each file */
export const withFiles = <K extends string, T>(
  files: Readonly<Record<K, Uint8Array | string>>,
  use: (paths: Record<K, string>, folder: string) => T,
): T => {
  const folder = mkdtempSync(join(tmpdir(), 'khoso-signatures-'));
  try {
    const paths = {} as Record<K, string>;
    for (const name of Object.keys(files) as K[]) {
      paths[name] = join(folder, name);
      writeFileSync(paths[name], files[name]);
    }
    return use(paths, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The bytes and the CMS of every signature of a file, found by text alone: not by the reader under test. */
export const extractSignatures = (pdf: Uint8Array): { content: Buffer; cms: Buffer }[] => {
  const buffer = Buffer.from(pdf);
  const text = buffer.toString('latin1');
  return [...text.matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]/g)].map((match) => {
    const [start = 0, length = 0, resume = 0, rest = 0] = match.slice(1).map(Number);
    return {
      content: Buffer.concat([buffer.subarray(start, start + length), buffer.subarray(resume, resume + rest)]),
      cms: Buffer.from(text.slice(length + 1, resume - 1), 'hex'),
    };
  });
};

/** What the three judges say of a signed file. */
export const judgeSignedPdf = (
  pdf: Uint8Array,
  rootPem: string,
): { openssl?: string[]; pdfsig?: { valid: number; total: boolean }; qpdf?: string } => ({
  openssl: withTool('openssl', (run) =>
    extractSignatures(pdf).map(({ content, cms }) =>
      withFiles({ content, cms, root: rootPem }, (paths) => {
        const purpose = ['-purpose', 'any', '-binary', '-inform', 'DER'];
        run(
          'cms',
          '-verify',
          '-in',
          paths.cms,
          '-content',
          paths.content,
          '-CAfile',
          paths.root,
          ...purpose,
          '-out',
          '/dev/null',
        );
        return 'verified';
      }),
    ),
  ),
  pdfsig: withTool('pdfsig', (run) =>
    withFiles({ pdf }, (paths) => {
      const said = run('-nocert', paths.pdf);
      return {
        valid: said.match(/Signature is Valid/g)?.length ?? 0,
        total: said.trimEnd().split('Signature #').at(-1)?.includes('- Total document signed') ?? false,
      };
    }),
  ),
  qpdf: withTool('qpdf', (run) =>
    withFiles({ pdf }, (paths) =>
      run('--check', paths.pdf).includes('No syntax or stream encoding errors') ? 'sound' : 'faulty',
    ),
  ),
});
