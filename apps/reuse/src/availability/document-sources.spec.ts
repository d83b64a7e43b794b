import { describe, expect, it } from '@jest/globals';
import { statusOfSources } from './document-sources.js';

describe('sources of documents (FR-73)', () => {
  it('says of every store that was not asked that it was not, instead of "nothing found"', () => {
    const [local, province, national] = statusOfSources(['local', 'province', 'national']);
    expect(local).toEqual({ source: 'local', status: 'OK' });
    expect(province).toMatchObject({ source: 'province', status: 'NOT_CONFIGURED' });
    expect(national).toMatchObject({ source: 'national', status: 'NOT_CONFIGURED' });
  });
});
