/** Where "now" comes from. Injected everywhere a date matters, so that tests can stand on a given day. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
