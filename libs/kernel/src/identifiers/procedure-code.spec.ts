import { describe, expect, it } from '@jest/globals';
import { ProcedureCode } from './procedure-code.js';

describe('a procedure code (FR-08)', () => {
  it('has the same national key with and without the local part', () => {
    expect(ProcedureCode.parse('1.004616').national).toBe('1.004616');
    expect(ProcedureCode.parse('1.004616.000.00.00.H56').national).toBe('1.004616');
  });

  it('keeps what was written', () => {
    expect(ProcedureCode.parse('1.004616.000.00.00.H56')).toMatchObject({
      full: '1.004616.000.00.00.H56',
      localAgencyCode: 'H56',
    });
    expect(ProcedureCode.parse(' 1.001193 ')).toMatchObject({ full: '1.001193', localAgencyCode: undefined });
  });

  it.each(['', '1.00119', '11.001193', '1-001193', '1.001193.H56', '1.0011930', '1.00119３'])(
    '"%s" is refused',
    (text) => {
      expect(() => ProcedureCode.parse(text)).toThrow(expect.objectContaining({ code: 'procedure-code-invalid' }));
    },
  );
});
