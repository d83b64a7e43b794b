import type { Component, DocumentType } from '#domain/catalogue';
import type { SubmissionForm } from '#domain/records';
import { type Finding, findingErrorCode } from '#engines/digitisation';
import { DomainError } from '#kernel';

/**
 * Whether this kind of paper may be digitised for this component at all (FR-09, FR-18, FR-19).
 * @throws DomainError `state-secret-refused`, `served-by-database`, `document-type-not-accepted`, `self-upload-not-accepted`
 */
export const checkPaper = (paper: {
  readonly component: Component;
  readonly type: DocumentType;
  readonly submissionForm: SubmissionForm;
  readonly stateSecret: boolean;
}): void => {
  const { component, type, submissionForm, stateSecret } = paper;
  if (stateSecret) throw new DomainError('state-secret-refused');
  if (type.servedByDatabase) throw new DomainError('served-by-database', { name: type.name });
  if (!component.anyOf.some((set) => set.includes(type.code))) {
    throw new DomainError('document-type-not-accepted', { componentId: component.id, typeCode: type.code });
  }
  if (submissionForm === 'SELF_UPLOAD' && !component.acceptsSelfUpload) {
    throw new DomainError('self-upload-not-accepted', { componentId: component.id });
  }
};

/** One refusal speaks for itself; several come together as `scan-refused`. Undefined when nothing is refused. */
export const refusalOf = (findings: readonly Finding[]): DomainError | undefined => {
  const refusals = findings.filter((finding) => finding.severity === 'REFUSAL');
  const [first] = refusals;
  if (!first) return undefined;
  const details = refusals.map(({ code, page, params }) => ({
    code,
    params: page === undefined ? params : { page, ...params },
  }));
  return refusals.length === 1
    ? new DomainError(findingErrorCode(first.code), first.params, { details })
    : new DomainError('scan-refused', {}, { details });
};
