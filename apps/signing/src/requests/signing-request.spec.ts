import { describe, expect, it } from '@jest/globals';
import {
  assertCanBecome,
  assertSigned,
  documentNumber,
  documentOrdinal,
  type SigningRequest,
  type SigningRequestState,
} from './signing-request.js';

const states: readonly SigningRequestState[] = ['WAITING_SIGNER', 'WAITING_SEAL', 'SEALED', 'RETURNED', 'REJECTED'];

const request = (state: SigningRequestState, more: Partial<SigningRequest> = {}): SigningRequest => ({
  id: 'r',
  title: 'Quyết định',
  documentTypeCode: 'GT.000002',
  symbol: 'QĐ-UBND',
  agencyCode: 'H27.05.12',
  signerId: 's',
  signerName: 'Phạm Quốc Dũng',
  createdBy: 'o',
  ownerId: 'w',
  state,
  draftSha256: 'd',
  currentSha256: 'd',
  pages: 1,
  signerSlot: { page: 1, x: 0, y: 0, width: 1, height: 1 },
  numberSlot: { page: 1, x: 0, y: 0 },
  createdAt: new Date(0),
  ...more,
});

describe('the way of a document', () => {
  it('leads from the signer to the seal to its owner, or back from the signer; every other step is refused', () => {
    const allowed = states.flatMap((from) =>
      states
        .filter((to) => {
          try {
            assertCanBecome(request(from), to);
            return true;
          } catch (error) {
            expect(error).toMatchObject({ code: 'signing-state-conflict', params: { state: from, wanted: to } });
            return false;
          }
        })
        .map((to) => `${from} > ${to}`),
    );
    expect(allowed).toEqual([
      'WAITING_SIGNER > WAITING_SEAL',
      'WAITING_SIGNER > REJECTED',
      'WAITING_SEAL > SEALED',
      'SEALED > RETURNED',
    ]);
  });

  it('has no seal without a complete signature of the person before it (FR-46)', () => {
    const signed = {
      number: 1,
      issuedOn: '2026-11-23',
      signedAt: new Date(0),
      signatureBox: { x: 0, y: 0, width: 1, height: 1 },
      signerKeyId: 'k',
    };
    expect(() => assertSigned(request('WAITING_SEAL', signed))).not.toThrow();
    for (const missing of Object.keys(signed)) {
      expect(() => assertSigned(request('WAITING_SEAL', { ...signed, [missing]: undefined }))).toThrow(
        'authorised-signature-required',
      );
    }
  });
});

describe('the number of a document (FR-47)', () => {
  it('has two digits at least, and its symbol after a slash', () => {
    expect([documentNumber(5, 'QĐ-UBND'), documentNumber(123, 'QĐ-UBND')]).toEqual(['05/QĐ-UBND', '123/QĐ-UBND']);
    expect([documentOrdinal(5), documentOrdinal(10)]).toEqual(['05', '10']);
  });
});
