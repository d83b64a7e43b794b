import { isInstalled, pdfsig, qpdfCheck, signaturesOf, verifyWithOpenssl } from '../../medium/signing-judges.js';

const packages = { openssl: 'openssl', pdfsig: 'poppler-utils', qpdf: 'qpdf' } as const;

/** Outside programs that judge a PDF and are here; in CI all must be. */
export const findJudges = async (): Promise<ReadonlySet<keyof typeof packages>> => {
  const found = new Set<keyof typeof packages>();
  for (const program of Object.keys(packages) as (keyof typeof packages)[]) {
    if (await isInstalled(program)) found.add(program);
    else if (process.env.CI === 'true') throw new Error(`${program} is missing: install ${packages[program]}.`);
    else process.stderr.write(`\n  NOT ASKED: ${program}. To have its judgement: install ${packages[program]}\n\n`);
  }
  return found;
};

export interface Judgement {
  /** As counted by reading the file, without our own code. */
  readonly signatures: number;
  /** Signatures that each judge accepts, absent when it is not here. */
  readonly openssl?: number;
  readonly pdfsig?: number;
  /** Whether qpdf found the file without fault. */
  readonly qpdf?: boolean;
}

/** @throws what openssl or qpdf print when they refuse */
export const judge = async (
  pdf: Buffer,
  rootFile: string,
  judges: ReadonlySet<keyof typeof packages>,
): Promise<Judgement> => ({
  signatures: signaturesOf(pdf).length,
  ...(judges.has('openssl') && { openssl: await verifyWithOpenssl(pdf, rootFile) }),
  ...(judges.has('pdfsig') && { pdfsig: (await pdfsig(pdf)).match(/Signature is Valid\./g)?.length ?? 0 }),
  ...(judges.has('qpdf') && { qpdf: (await qpdfCheck(pdf)).includes('No syntax or stream encoding errors found') }),
});
