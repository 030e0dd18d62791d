/** Something the user can fix: what, where, and what to do. Exit code 2, no stack. */
export class UserError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, { hint }: { hint?: string } = {}) {
    super(message);
    this.name = 'UserError';
    this.hint = hint;
  }
}
