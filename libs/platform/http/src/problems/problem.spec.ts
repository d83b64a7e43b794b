import { NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { DomainError, errorCatalogue } from '#kernel';
import { problemOf } from './problem.js';
import { toDomainError } from './to-domain-error.js';

const context = {
  locale: 'vi',
  requestId: 'r-1',
  instance: '/api/reuse/v1/grants',
  publicUrl: 'https://khoso.vn',
} as const;

describe('a problem document (RFC 9457)', () => {
  it('says code, status, cause and what to do, in Vietnamese or English', () => {
    const error = new DomainError('permission-denied', { permission: 'scan.upload' });
    expect(problemOf(error, context)).toEqual({
      type: 'https://khoso.vn/problems/permission-denied',
      title: 'Không được phép',
      status: 403,
      detail: 'Bạn không có quyền thực hiện việc này (scan.upload). Liên hệ quản trị viên nếu cần được cấp quyền.',
      instance: '/api/reuse/v1/grants',
      code: 'permission-denied',
      requestId: 'r-1',
      params: { permission: 'scan.upload' },
    });
    expect(problemOf(error, { ...context, locale: 'en' }).detail).toContain(
      'You do not have the permission scan.upload',
    );
  });

  it('names the field of every fault', () => {
    const error = new DomainError('request-invalid', {}, { details: [{ code: 'REQUIRED', field: 'subject.kind' }] });
    expect(problemOf(error, context).errors).toEqual([
      { code: 'REQUIRED', field: 'subject.kind', detail: 'Trường này là bắt buộc.' },
    ]);
  });

  it('takes the text of a single fault from the catalogue when it has one', () => {
    const error = new DomainError(
      'request-invalid',
      {},
      { details: [{ code: 'RANGE_NOT_SATISFIABLE', params: { bytes: 7 } }] },
    );
    expect(problemOf(error, { ...context, locale: 'en' }).errors?.[0]?.detail).toBe(
      'The requested range lies outside the file (7 bytes).',
    );
  });

  it('tells nothing of a fault nobody foresaw but the request id', () => {
    const problem = problemOf(toDomainError(new Error('relation "x" does not exist')), context);
    expect(problem).toMatchObject({ code: 'internal-error', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('relation');
    expect(problem.detail).toContain('r-1');
  });

  it('knows what the framework throws', () => {
    expect(toDomainError(new NotFoundException()).code).toBe('not-found');
    expect(toDomainError(Object.assign(new Error('too big'), { statusCode: 413 })).code).toBe('body-too-large');
  });
});

describe('the error catalogue', () => {
  it('has a status, both languages and a reason for every code', () => {
    for (const [code, { status, when, vi, en }] of Object.entries(errorCatalogue)) {
      expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      for (const text of [when, vi, en]) expect(text.length).toBeGreaterThan(10);
    }
  });

  it('fills the same placeholders in both languages', () => {
    const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const { vi, en } of Object.values(errorCatalogue)) expect(placeholders(vi)).toEqual(placeholders(en));
  });
});
