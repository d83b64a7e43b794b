import { describe, expect, it } from '@jest/globals';
import { changesBetween, type Judgement } from './recheck-grant.use-case.js';

const granted: Judgement = {
  decision: 'REUSABLE_WITH_CHECK',
  reasons: ['VALIDITY_UNKNOWN', 'WEAK_ALGORITHM'],
  state: 'ACTIVE',
  version: 1,
  sha256: 'a',
};

describe('what changed since a document was granted (FR-71)', () => {
  it('is nothing when it is judged the same, in whatever order the reasons come', () => {
    expect(changesBetween(granted, { ...granted, reasons: ['WEAK_ALGORITHM', 'VALIDITY_UNKNOWN'] })).toEqual([]);
  });

  it('is named member by member', () => {
    expect(
      changesBetween(granted, { ...granted, decision: 'NOT_REUSABLE', reasons: ['REVOKED'], state: 'REVOKED' }),
    ).toEqual(['decision', 'reasons', 'state']);
    expect(changesBetween(granted, { ...granted, version: 2, sha256: 'b' })).toEqual(['version', 'sha256']);
  });
});
