/** Which owners an acting person asked about lately. */
export abstract class SubjectSightings {
  /**
   * Notes that `watcher` asks about `subjectKey`, unless that would make more than `limit` different owners since
   * `since`. Atomic per watcher, so that parallel questions cannot slip past the limit. What lies before `since` may be forgotten: it is the same window for everybody.
   * @returns undefined when noted; else the time of the oldest sighting that has to fall out of the window first
   */
  abstract note(sighting: {
    readonly watcher: string;
    readonly subjectKey: string;
    readonly at: Date;
    readonly since: Date;
    readonly limit: number;
  }): Promise<Date | undefined>;
}
