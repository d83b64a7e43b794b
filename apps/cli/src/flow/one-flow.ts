import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProblem, KhosoClient } from '../api/khoso-client.js';
import type { DevelopmentLogins } from '../api/standalone-process.js';
import type { SampleDossier, SampleSet } from '../samples/sample-set.js';
import { Desk, type DigitisedPaper, type DossierView } from './desk.js';
import { Outgoing, type SigningRequestView } from './outgoing.js';
import { type Case, type GrantView, ProcedureSystem } from './procedure-system.js';

type Report = (done: number, total: number, note: string) => void;

export interface FlowStep {
  readonly number: number;
  readonly title: string;
  /** @returns proofs, a line each. @throws Error when the step does not hold */
  run(report: Report): Promise<readonly string[]>;
}

interface Paper {
  readonly sample: string;
  readonly scanned: DigitisedPaper;
}

interface Access {
  readonly id: string;
  readonly eventText: string;
  readonly agency?: { readonly code: string; readonly name?: string };
  readonly document?: { readonly documentId: string };
}

function hold(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/**
 * The one flow of the product from the counter to the citizen, through the public API alone: papers are scanned,
 * signed, read and confirmed; a second dossier is satisfied by reuse; its result is signed and sealed; a procedure system
 * is granted the bytes; a document is revoked and everyone who relied on it is told.
 */
export class OneFlow {
  readonly steps: readonly FlowStep[];

  private readonly papers: Paper[] = [];
  private desk!: Desk;
  private opened: { readonly sample: SampleDossier; readonly dossier: DossierView }[] = [];
  private reusing!: { readonly sample: SampleDossier; readonly dossier: DossierView };
  private result!: SigningRequestView;
  private grant!: GrantView;

  /** @param output receives each document the flow made, under a file name */
  constructor(
    private readonly url: string,
    private readonly logins: DevelopmentLogins,
    private readonly samples: SampleSet,
    private readonly output: { keep(name: string, bytes: Uint8Array): Promise<void> },
  ) {
    this.steps = [
      { number: 1, title: 'Officer opens the dossiers', run: () => this.openDossiers() },
      { number: 2, title: 'What is on file is asked first: nothing yet', run: () => this.askBeforeScanning() },
      {
        number: 3,
        title: 'Papers are scanned, signed by the scanner, read and confirmed',
        run: (report) => this.digitise(report),
      },
      { number: 6, title: 'They are on file: signed copies with their codes', run: () => this.fetchScans() },
      { number: 3, title: 'The next dossier is satisfied by reuse alone', run: () => this.reuse() },
      { number: 7, title: 'Its result is numbered, signed, sealed and returned', run: () => this.issueResult() },
      { number: 8, title: 'A procedure system is granted the exact bytes', run: () => this.grantBytes() },
      { number: 8, title: 'The citizen sees who looked, and why', run: () => this.citizenLooks() },
      {
        number: 9,
        title: 'A document is revoked: the open dossier is told, the bytes are refused',
        run: () => this.revoke(),
      },
      { number: 9, title: 'The access log is whole', run: () => this.verifyLog() },
    ];
  }

  private async openDossiers(): Promise<string[]> {
    this.desk = new Desk(await this.as('canbo'));
    const reusing = this.samples.dossiers.find((dossier) => dossier.reuses.length > 0);
    hold(reusing !== undefined, 'The samples have no dossier that is satisfied by reuse.');
    const wanted = new Set(reusing.reuses.map(({ sample }) => sample));
    for (const sample of this.samples.dossiers) {
      const scans = sample.scans.filter((scan) => wanted.has(scan.sample));
      if (scans.length === 0) continue;
      this.opened.push({
        sample: { ...sample, scans },
        dossier: await this.desk.openDossier(sample.procedureCode, sample.subject),
      });
    }
    return this.opened.map(
      ({ dossier }) => `dossier ${dossier.code}: ${dossier.procedure.code} ${dossier.procedure.name}`,
    );
  }

  private async askBeforeScanning(): Promise<string[]> {
    const lines: string[] = [];
    for (const { sample, dossier } of this.opened) {
      const { components } = await this.desk.availability(dossier.id);
      for (const { componentId } of sample.scans) {
        const component = components.find((candidate) => candidate.componentId === componentId);
        hold(component?.decision === 'NOT_REUSABLE', `${componentId} of ${dossier.code} should be missing.`);
        lines.push(`${dossier.code} ${componentId} ${component.name}: missing`);
      }
    }
    return lines;
  }

  private async digitise(report: Report): Promise<string[]> {
    const lines: string[] = [];
    for (const { sample, dossier } of this.opened) {
      for (const scan of sample.scans) {
        const paper = this.samples.paper(scan.sample);
        const scanned = await this.desk.digitise(dossier.id, scan, paper, (read, pages, state) =>
          report(read, pages, `${paper.title}: ${state}`),
        );
        this.papers.push({ sample: scan.sample, scanned });
        lines.push(
          `${paper.title}: code ${masked(scanned.code)}, ${scanned.accepted} of ${scanned.proposed} proposed fields right as read`,
        );
      }
    }
    return lines;
  }

  private async fetchScans(): Promise<string[]> {
    const officer = await this.as('canbo');
    const lines: string[] = [];
    for (const { sample, scanned } of this.papers) {
      const content = await officer.download(`/api/ingestion/v1/scans/${scanned.scanId}/content`);
      await this.output.keep(`${sample}.signed.pdf`, content.bytes);
      lines.push(`${sample}.signed.pdf  sha256 ${content.sha256}`);
    }
    return lines;
  }

  private async reuse(): Promise<string[]> {
    const sample = this.samples.dossiers.find((dossier) => dossier.reuses.length > 0);
    hold(sample !== undefined, 'The samples have no dossier that is satisfied by reuse.');
    let dossier = await this.desk.openDossier(sample.procedureCode, sample.subject);
    const { components } = await this.desk.availability(dossier.id);
    const lines: string[] = [];
    for (const { componentId } of sample.reuses) {
      const component = components.find((found) => found.componentId === componentId);
      const candidate = component?.candidates[0];
      hold(
        candidate !== undefined && candidate.decision !== 'NOT_REUSABLE',
        `Nothing on file for ${componentId}: ${candidate?.reasons.join(', ') ?? 'no candidate'}`,
      );
      dossier = await this.desk.reuse(dossier.id, componentId, candidate.documentId, 'Đã kiểm tra');
      const used = dossier.components.find((found) => found.componentId === componentId);
      lines.push(
        `${componentId} ${component?.name ?? ''}: ${candidate.decision}, state ${used?.state ?? '?'}, sha256 ${used?.sha256?.slice(0, 16) ?? '?'}…`,
      );
    }
    this.reusing = { sample, dossier };
    return lines;
  }

  private async issueResult(): Promise<string[]> {
    const outgoing = new Outgoing(await this.as('canbo'), await this.as('lanhdao'), await this.as('vanthu'));
    const draft = await outgoing.draft(this.samples.draft(), this.reusing.dossier.id);
    const signed = await outgoing.sign(draft.id);
    const afterSigner = await outgoing.content(draft.id);
    await outgoing.seal(draft.id);
    this.result = await outgoing.returnResult(draft.id);
    const sealed = await outgoing.content(draft.id);
    hold(
      sealed.bytes.subarray(0, afterSigner.bytes.length).equals(afterSigner.bytes),
      'The seal changed bytes the person had signed.',
    );
    await this.output.keep('result.signed.pdf', sealed.bytes);
    const report = await outgoing.verify(sealed.bytes);
    hold(
      report.verdict === 'VALID' && report.signatures.length === 2,
      `The sealed result is ${report.verdict} with ${report.signatures.length} signatures.`,
    );
    return [
      `number ${signed.number ?? '?'}, issued on ${signed.issuedOn ?? '?'}`,
      `result.signed.pdf  sha256 ${sealed.sha256}`,
      `verdict ${report.verdict}: ${report.signatures.map(({ signer }) => signer?.commonName ?? '?').join(', then ')}`,
    ];
  }

  private async grantBytes(): Promise<string[]> {
    const system = await this.system();
    const { sample } = this.reusing;
    const answer = await system.availability(this.case(), sample.subject);
    const refs = sample.reuses.map(({ componentId }) => {
      const component = answer.components.find((found) => found.componentId === componentId);
      const candidate = component?.candidates[0];
      hold(
        candidate !== undefined && component?.decision !== 'NOT_REUSABLE',
        `The system is told that ${componentId} is not on file.`,
      );
      return candidate.documentRef;
    });
    this.grant = await system.grant(this.case(), sample.subject, refs);
    const lines = [`grant ${this.grant.grantId} ${this.grant.status}, ${this.grant.documents.length} documents`];
    for (const document of this.grant.documents) {
      const content = await system.content(this.grant.grantId, document.documentId);
      hold(content.sha256 === document.sha256, `The bytes of ${document.name} are not those of the grant.`);
      hold(
        createHash('sha256').update(content.bytes).digest('hex') === document.sha256,
        'The digest does not fit the bytes.',
      );
      lines.push(
        `${document.name} v${document.version}: ${content.bytes.length} bytes, receipt ${content.headers.get('x-access-receipt') ?? 'MISSING'}`,
      );
      hold(content.headers.has('x-access-receipt'), 'Bytes were handed out without a receipt.');
    }
    const recheck = await system.recheck(this.grant.grantId);
    hold(!recheck.changed, 'The re-check reports a change where there is none.');
    return [...lines, 're-check at decision time: nothing changed'];
  }

  private async citizenLooks(): Promise<string[]> {
    const citizen = await this.as('congdan');
    const { documents } = await citizen.get<{ documents: { documentId: string; name: string; label: string }[] }>(
      '/api/reuse/v1/me/documents',
    );
    hold(
      documents.some(({ documentId }) => documentId === this.result.documentId),
      'The returned result is not among the citizen’s papers.',
    );
    const granted = new Set(this.grant.documents.map(({ documentId }) => documentId));
    for (const deadline = Date.now() + 5000; ; await sleep(200)) {
      const { accesses } = await citizen.get<{ accesses: Access[] }>('/api/reuse/v1/me/accesses?limit=100');
      const seen = accesses.filter(({ document }) => document && granted.has(document.documentId));
      if (seen.length > 0 || Date.now() > deadline) {
        hold(seen.length > 0, 'The citizen does not see the accesses.');
        return [
          `${documents.length} papers on file, the new result among them`,
          ...seen
            .slice(0, 3)
            .map((access) => `${access.eventText} · ${access.agency?.name ?? access.agency?.code ?? ''}`),
        ];
      }
    }
  }

  private async revoke(): Promise<string[]> {
    const supervisor = await this.as('giamsat');
    const [document] = this.grant.documents;
    hold(document !== undefined, 'The grant has no document.');
    await supervisor.post(`/api/reuse/v1/documents/${document.documentId}/revoke`, {
      decisionNumber: '31/QĐ-UBND',
      decisionDate: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
      reason: 'Cấp sai thông tin',
      effectiveAt: new Date().toISOString(),
    });
    const notice = await this.noticeOf(document.documentId);
    const system = await this.system();
    const refused = await system.content(this.grant.grantId, document.documentId).then(
      () => undefined,
      (error: unknown) => error,
    );
    hold(
      refused instanceof ApiProblem && refused.code === 'document-revoked',
      'The bytes of a revoked document were handed out.',
    );
    const recheck = await system.recheck(this.grant.grantId);
    const now = recheck.documents.find(({ documentId }) => documentId === document.documentId)?.now;
    hold(now?.reasons.includes('REVOKED') ?? false, 'The re-check does not see the revocation.');
    return [
      `dossier ${this.reusing.dossier.code}: ${notice}`,
      `content: ${refused.status} ${refused.code}`,
      `re-check: ${now?.decision ?? '?'} (${now?.reasons.join(', ') ?? ''})`,
    ];
  }

  private async noticeOf(documentId: string): Promise<string> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(200)) {
      const dossier = await this.desk.dossier(this.reusing.dossier.id);
      const notice = dossier.notices.find((found) => found.documentId === documentId);
      if (notice) return `${notice.kind} for ${notice.componentId}`;
    }
    throw new Error('The dossier that used the revoked document was not told.');
  }

  private async verifyLog(): Promise<string[]> {
    const supervisor = await this.as('giamsat');
    const result = await supervisor.post<{ ok: boolean; checked: number; head: string }>('/api/reuse/v1/audit/verify');
    hold(result.ok && result.checked > 0, 'The access log does not verify.');
    return [`${result.checked} entries linked, head ${result.head}`];
  }

  private case(): Case {
    const { dossier, sample } = this.reusing;
    return {
      dossierCode: dossier.code,
      procedureCode: sample.procedureCode,
      agencyCode: this.login('canbo').agencyCode ?? '',
    };
  }

  private login(username: string) {
    const login = this.logins.accounts.find((account) => account.username === username);
    hold(login !== undefined, `The development account ${username} is missing.`);
    return login;
  }

  private as(username: string): Promise<KhosoClient> {
    return KhosoClient.signIn(this.url, username, this.login(username).password);
  }

  private async system(): Promise<ProcedureSystem> {
    return new ProcedureSystem(await KhosoClient.forSystem(this.url, this.logins.client));
  }
}

/** A code begins with its owner's number, which does not belong on a screen others may see. */
const masked = (code: string): string => code.replace(/^(\d{3})\d{5,}(\d{4}|\d{3})(?=\.)/, '$1*****$2');
