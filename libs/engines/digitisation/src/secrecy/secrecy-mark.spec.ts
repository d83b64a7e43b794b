import { describe, expect, it } from '@jest/globals';
import { pageOfRows } from '../../test/fixtures.js';
import { secrecyMark } from './secrecy-mark.js';

describe('the alarm for state secrets (FR-18)', () => {
  it.each([
    ['MẬT', 'MAT'],
    ['TỐI MẬT', 'TOI_MAT'],
    ['TUYỆT MẬT', 'TUYET_MAT'],
    ['Độ mật: TUYỆT MẬT', 'TUYET_MAT'],
    ['[ MẬT ]', 'MAT'],
    ['TÔI MÂT', 'TOI_MAT'],
  ] as const)('rings at a line of its own: %s', (line, degree) => {
    expect(secrecyMark([pageOfRows(['UBND TỈNH', line, 'Số: 01/BC'])])).toEqual({ degree, page: 1 });
  });

  it('rings when the mark stands in a column beside other text, on any page', () => {
    const pages = [pageOfRows(['Trang đầu']), pageOfRows(['SỞ NỘI VỤ | MẬT'])];
    expect(secrecyMark(pages)).toEqual({ degree: 'MAT', page: 2 });
  });

  it('tells the highest degree', () => {
    expect(secrecyMark([pageOfRows(['MẬT']), pageOfRows(['TỐI MẬT'])])).toEqual({ degree: 'TOI_MAT', page: 2 });
  });

  it.each(['Quy định về bảo mật thông tin', 'BẢO MẬT', 'mật', 'LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC', 'MẬT ONG'])(
    'stays silent at: %s',
    (line) => {
      expect(secrecyMark([pageOfRows([line])])).toBeUndefined();
    },
  );
});
