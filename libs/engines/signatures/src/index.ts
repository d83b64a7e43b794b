export type { DigestAlgorithm, SignatureScheme } from './algorithms.js';
export {
  agencySealSlot,
  attachmentSlot,
  authorisedPersonSlot,
  certifiedCopySlot,
  type CopyForm,
  scanSignatureSlot,
  type TimeMask,
} from './appearance/lawful-slots.js';
export { readSignatureImage, type SignatureImage } from './appearance/signature-image.js';
export { drawDevelopmentSeal } from './appearance/development-seal.js';
export { drawDevelopmentSignature } from './appearance/development-signature.js';
export type { SignatureSlot, SlotContent, SlotPlace } from './appearance/signature-slot.js';
export { type CertificateFacts, type CertificateName, readCertificate } from './certificates/certificate.js';
export {
  createDevelopmentPki,
  type DevelopmentKeyType,
  DevelopmentPki,
  type DevelopmentPkiPem,
  type DevelopmentSubject,
  type IssuedKey,
} from './certificates/development-pki.js';
export { certificatesFromPem, certificateToPem } from './certificates/pem.js';
export { checkReasons, type CheckReasonKey } from './checking/check-reasons.js';
export type {
  CheckName,
  CheckOutcome,
  CheckReason,
  CheckStatus,
  CheckVerdict,
  SignatureCheck,
  SignatureCheckReport,
} from './checking/check-report.js';
export { checkSignatures, type CheckOptions } from './checking/check-signatures.js';
export { completeCms, prepareCms, type PreparedCms } from './cms/create-cms.js';
export { createSigningKey } from './keys/node-signing-key.js';
export { openPkcs12 } from './keys/open-pkcs12.js';
export type { SigningIdentity, SigningKey } from './keys/signing-key.js';
export { embedSignature } from './signing/embed-signature.js';
export { prepareSignature, type SignatureOptions, type ToBeSigned } from './signing/prepare-signature.js';
export { readSignatureFields, type SignatureField } from './signing/signature-fields.js';
export { signCms, signPdf } from './signing/sign-pdf.js';
