import {
  allJudges,
  isAsked,
  type Judge,
  pdfsig,
  qpdfCheck,
  signaturesOf,
  verifyWithOpenssl,
} from '../../medium/signing-judges.js';

/** Outside programs that judge a PDF and are here; in CI all must be. */
export const findJudges = async (): Promise<ReadonlySet<Judge>> => {
  const found = new Set<Judge>();
  for (const judge of allJudges) if (await isAsked(judge)) found.add(judge);
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
export const judge = async (pdf: Buffer, rootFile: string, judges: ReadonlySet<Judge>): Promise<Judgement> => ({
  signatures: signaturesOf(pdf).length,
  ...(judges.has('openssl') && { openssl: await verifyWithOpenssl(pdf, rootFile) }),
  ...(judges.has('pdfsig') && { pdfsig: (await pdfsig(pdf)).match(/Signature is Valid\./g)?.length ?? 0 }),
  ...(judges.has('qpdf') && { qpdf: (await qpdfCheck(pdf)).includes('No syntax or stream encoding errors found') }),
});
