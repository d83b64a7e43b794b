import { describe, expect, it } from '@jest/globals';
import { ResultTypeCode } from './result-type-code.js';

describe('a result-type code', () => {
  it('names the ministry that declared it', () => {
    expect(ResultTypeCode.parse('KQ.G15.000031')).toMatchObject({ agencyCode: 'G15', serial: '000031' });
  });

  it.each(['KQ.G15.31', 'GT.000001', 'kq.G15.000031', 'KQ.15G.000031', ''])('is not "%s"', (text) => {
    expect(ResultTypeCode.is(text)).toBe(false);
    expect(() => ResultTypeCode.parse(text)).toThrow(expect.objectContaining({ code: 'result-type-code-invalid' }));
  });
});
