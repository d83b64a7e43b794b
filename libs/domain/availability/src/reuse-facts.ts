import type { DossierStatus } from '#domain/dossiers';
import type { DocumentState, SignatureVerdict, SubmissionForm, ValidityStatus } from '#domain/records';

/** All that decides whether a document may stand in for a paper, gathered before anything is judged. */
export interface ReuseFacts {
  /** How the subject is tied to the document: by owning it, or as a person it names where its type allows that (FR-05). */
  readonly match: 'OWNER' | 'RELATED' | 'NONE';
  /** The subject is named in it without a right of their own to it, as a spouse or a grown-up child's parent (FR-76). */
  readonly consentNeeded: boolean;
  readonly consentGiven: boolean;
  /** By the component, from the repository. */
  readonly typeAccepted: boolean;
  readonly state: DocumentState;
  /** A newer paper of which only one can be valid is on file. */
  readonly outranked: boolean;
  readonly validity: ValidityStatus;
  /** UNSETTLED: the scope is words that only an official can weigh. */
  readonly scope: 'COVERS' | 'DOES_NOT_COVER' | 'UNSETTLED';
  readonly signature: SignatureVerdict['verdict'];
  readonly signedByAgency: boolean;
  readonly agencySignatureRequired: boolean;
  readonly submissionForm: SubmissionForm;
  readonly selfUploadAccepted: boolean;
  /** A result that has not been handed to the applicant (FR-34). */
  readonly awaitsReturn: boolean;
  readonly restricted: boolean;
  /** Of the dossier it came with; undefined when it came with none. */
  readonly sourceDossier: DossierStatus | undefined;
  /** Against the oldest issue date the component accepts. UNKNOWN: there is such a date, but the paper has none. */
  readonly age: 'ACCEPTABLE' | 'TOO_OLD' | 'UNKNOWN';
  /** A paper with a changes page that was confirmed so long ago that a change may have been entered since. */
  readonly mayHaveChanged: boolean;
}
