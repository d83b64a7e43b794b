import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Subject =
  | {
      readonly kind: 'person';
      readonly personalId: string;
      readonly name: string;
      readonly birthDate?: string;
      readonly sex?: string;
    }
  | { readonly kind: 'business'; readonly businessCode: string; readonly name: string };

/** A scanned paper of `config/samples`, and what a person reads on it. */
export interface SamplePaper {
  readonly path: string;
  readonly title: string;
  readonly submissionForm: string;
  readonly pages: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface SampleScan {
  readonly sample: string;
  readonly componentId: string;
  readonly documentTypeCode: string;
  readonly permanent?: boolean;
  readonly exceptionReason?: string;
  readonly exceptionText?: string;
  readonly additionalOwners?: readonly { readonly owner: Subject; readonly role: string }[];
}

export interface SampleDossier {
  readonly id: string;
  readonly procedureCode: string;
  readonly subject: Subject;
  readonly scans: readonly SampleScan[];
  /** Components that are satisfied by what other dossiers brought. */
  readonly reuses: readonly { readonly sample: string; readonly componentId: string }[];
}

interface Box {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An unsigned result and where its number, date and signature go. */
export interface SampleDraft {
  readonly path: string;
  readonly title: string;
  readonly documentTypeCode: string;
  readonly symbol: string;
  readonly signerSlot: Box;
  readonly numberSlot: object;
  readonly dateSlots: object;
}

export interface SampleSet {
  readonly dossiers: readonly SampleDossier[];
  paper(sample: string): SamplePaper;
  draft(): SampleDraft;
}

interface Index {
  readonly owners: Readonly<Record<string, Subject>>;
  readonly dossiers: readonly (Omit<SampleDossier, 'subject' | 'scans' | 'reuses'> & {
    readonly subject: string;
    readonly scans: readonly (Omit<SampleScan, 'additionalOwners'> & {
      readonly additionalOwners?: readonly { readonly owner: string; readonly role: string }[];
    })[];
    readonly reuses?: SampleDossier['reuses'];
    readonly result?: string;
  })[];
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
/** Reads `config/samples`. @param root folder of the installed product */
export function readSampleSet(root: string): SampleSet {
  const folder = join(root, 'config', 'samples');
  const index = read<Index>(join(folder, 'index.json'));
  const owner = (name: string): Subject => {
    const found = index.owners[name];
    if (!found) throw new Error(`config/samples/index.json names no owner "${name}"`);
    return found;
  };
  return {
    dossiers: index.dossiers.map((dossier) => ({
      ...dossier,
      subject: owner(dossier.subject),
      scans: dossier.scans.map((scan) => ({
        ...scan,
        additionalOwners: scan.additionalOwners?.map((additional) => ({
          ...additional,
          owner: owner(additional.owner),
        })),
      })),
      reuses: dossier.reuses ?? [],
    })),
    paper: (sample) => {
      const { file, ...paper } = read<Omit<SamplePaper, 'path'> & { file: string }>(join(folder, `${sample}.json`));
      return { ...paper, path: join(folder, file) };
    },
    draft: () => {
      const file = index.dossiers.find((dossier) => dossier.result)?.result ?? '';
      const {
        slots,
        file: pdf,
        ...description
      } = read<
        Omit<SampleDraft, 'path' | 'signerSlot'> & { readonly file: string; readonly slots: { readonly signer: Box } }
      >(join(folder, file));
      return { ...description, path: join(folder, 'drafts', pdf), signerSlot: slots.signer };
    },
  };
}
