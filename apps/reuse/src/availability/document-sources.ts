/** Where documents may be on file, in look-up order (FR-73). */
export const documentSources = ['local', 'province', 'national'] as const;
export type DocumentSource = (typeof documentSources)[number];

export interface SourceStatus {
  readonly source: DocumentSource;
  readonly status: 'OK' | 'NOT_CONFIGURED';
  readonly detail?: string;
}

/**
 * Says of every source asked whether it answered, so that an unasked store never reads as "nothing found" (FR-73).
 * This installation reads its own repository.
 */
export const statusOfSources = (asked: readonly DocumentSource[]): readonly SourceStatus[] =>
  asked.map((source) =>
    source === 'local'
      ? { source, status: 'OK' }
      : {
          source,
          status: 'NOT_CONFIGURED',
          detail: 'Nguồn này chưa được kết nối; chưa tra cứu nên không có nghĩa là không có giấy tờ.',
        },
  );
