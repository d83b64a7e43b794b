/** Addresses that hand something out once, to whoever holds them, for a few minutes: for a viewer or a partner without a token. */
export abstract class OneTimeLinks {
  /**
   * Joins the running transaction.
   * @param content references to what the link opens; no personal numbers
   * @param seconds how long it can be used; more than 300 counts as 300
   * @returns an unguessable token for the address; only its hash is stored
   */
  abstract issue(content: Readonly<Record<string, string>>, seconds: number): Promise<string>;
  /**
   * Spends the token: the first caller gets the content, in the running transaction; if that is rolled back the token is good again.
   * @throws DomainError `link-invalid` when it is unknown, spent or expired
   */
  abstract consume(token: string): Promise<Readonly<Record<string, string>>>;
}
