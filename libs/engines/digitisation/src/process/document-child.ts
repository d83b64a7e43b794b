import { DomainError, type ErrorCode } from '#kernel';
import type { FileType, InspectionLimits } from '../inspection/inspection.js';
import type { ConversionPage } from '../output/write-pdf.js';
import { childModule } from './child-module.js';
import { ChildFailure, runInChild, type ChildLimits } from './child-process.js';

/** What `document.child.ts` can be asked. */
export type DocumentRequest =
  | {
      readonly operation: 'inspect';
      readonly path: string;
      readonly bytes: number;
      readonly type: FileType;
      readonly limits: InspectionLimits;
    }
  | { readonly operation: 'render'; readonly path: string; readonly page: number; readonly dpi: number }
  | { readonly operation: 'text'; readonly path: string; readonly page: number }
  | {
      readonly operation: 'convert';
      readonly path: string;
      readonly type: FileType;
      readonly pages: readonly ConversionPage[];
      readonly outPath: string;
    };

/** One operation on a document from outside, in a process of its own. @throws DomainError with the codes given */
export const documentChild = async <Reply>(
  request: DocumentRequest,
  limits: ChildLimits,
  signal: AbortSignal | undefined,
  codes: { readonly timedOut: ErrorCode; readonly failed: ErrorCode },
): Promise<Reply> => {
  try {
    return await runInChild<Reply>(childModule(import.meta.url, './document.child.js'), request, limits, signal);
  } catch (cause) {
    if (!(cause instanceof ChildFailure)) throw cause;
    if (cause.reason === 'TIMED_OUT')
      throw new DomainError(codes.timedOut, { seconds: Math.round(limits.timeoutMs / 1000) }, { cause });
    throw new DomainError(codes.failed, { reason: cause.reason }, { cause });
  }
};
