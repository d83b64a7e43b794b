import { describe, expect, it } from '@jest/globals';
import { contentDisposition } from './content-disposition.js';

describe('Content-Disposition', () => {
  it('carries a Vietnamese name for new readers and a plain one for old', () => {
    expect(contentDisposition('inline', 'Giấy khai sinh (Đỗ).pdf')).toBe(
      `inline; filename="Giay khai sinh (Do).pdf"; filename*=UTF-8''Gi%E1%BA%A5y%20khai%20sinh%20%28%C4%90%E1%BB%97%29.pdf`,
    );
  });

  it('lets no name break out of the header', () => {
    expect(contentDisposition('attachment', 'a"; x="\r\nSet-Cookie: y')).not.toMatch(/[\r\n]|a"; x/);
  });
});
