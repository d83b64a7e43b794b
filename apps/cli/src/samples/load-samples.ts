import { KhosoClient } from '../api/khoso-client.js';
import type { StandaloneProcess } from '../api/standalone-process.js';
import { Desk, type DossierView } from '../flow/desk.js';
import type { Case } from '../flow/procedure-system.js';
import { ProgressLine, say } from '../terminal.js';
import type { SampleDossier, SampleSet, Subject } from './sample-set.js';

export interface LoadedSamples {
  /** A case in which a procedure system may ask, and about whom. */
  readonly question: { readonly case: Case; readonly subject: Subject };
}

/**
 * Brings the sample dossiers in as an officer would, through the public API and the real queues. What a dossier has
 * already is left alone, so a start that was interrupted goes on where it stopped.
 */
export async function loadSamples(server: StandaloneProcess, samples: SampleSet): Promise<LoadedSamples> {
  const { accounts } = server.logins();
  const officer = accounts.find(({ username }) => username === 'canbo');
  if (!officer) throw new Error('The development account "canbo" is missing.');
  const desk = new Desk(await KhosoClient.signIn(server.url, officer.username, officer.password));

  const known = (await desk.dossiers()).dossiers;
  let byReuse: { dossier: DossierView; sample: SampleDossier } | undefined;
  for (const sample of samples.dossiers) {
    // The samples have one dossier for each procedure.
    const existing = known.find(({ procedureCode }) => procedureCode === sample.procedureCode);
    const dossier = existing
      ? await desk.dossier(existing.id)
      : await desk.openDossier(sample.procedureCode, sample.subject);
    await bringScans(desk, dossier, sample, samples);
    await bringReuses(desk, dossier, sample);
    if (sample.reuses.length > 0) byReuse = { dossier, sample };
  }
  if (!byReuse) throw new Error('config/samples/index.json has no dossier that is satisfied by reuse.');
  return {
    question: {
      case: {
        dossierCode: byReuse.dossier.code,
        procedureCode: byReuse.sample.procedureCode,
        agencyCode: officer.agencyCode ?? '',
      },
      subject: byReuse.sample.subject,
    },
  };
}

async function bringScans(desk: Desk, dossier: DossierView, sample: SampleDossier, samples: SampleSet): Promise<void> {
  for (const scan of sample.scans) {
    if (dossier.components.some(({ componentId, state }) => componentId === scan.componentId && state !== 0)) continue;
    const paper = samples.paper(scan.sample);
    const line = new ProgressLine(paper.title);
    const done = await desk.digitise(dossier.id, scan, paper, (read, pages, state) =>
      line.update(read, pages, `${state}, page ${read}/${pages}`),
    );
    line.end(
      `${paper.title}: scanned, signed, read (${done.accepted} of ${done.proposed} fields as proposed), on file`,
    );
  }
}

async function bringReuses(desk: Desk, dossier: DossierView, sample: SampleDossier): Promise<void> {
  const open = sample.reuses.filter(({ componentId }) =>
    dossier.components.some((c) => c.componentId === componentId && c.state === 0),
  );
  if (open.length === 0) return;
  const { components } = await desk.availability(dossier.id);
  for (const { componentId } of open) {
    const candidate = components
      .find((component) => component.componentId === componentId)
      ?.candidates.find(({ decision }) => decision !== 'NOT_REUSABLE');
    if (!candidate) throw new Error(`Nothing on file can be reused for ${componentId} of dossier ${dossier.code}.`);
    await desk.reuse(dossier.id, componentId, candidate.documentId, 'Đã kiểm tra');
  }
  say(`  ✓ dossier ${dossier.code}: ${open.length} papers reused, none scanned`);
}
