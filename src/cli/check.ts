/** What `doctor` looked at. */
export interface Check {
  readonly check: string;
  readonly isSound: boolean;
  readonly found: string;
}
