/** The distinct texts by which rows of a table are found. Rows share them: a million versions of 26,000 villages have few. */
import type { Projection, Row } from '../es/projection.ts';
import { arrays, type Database, type Statement } from './database.ts';
import { Recent } from './recent.ts';
import { tokensOf, wordsText } from './search.ts';
import { hasFts } from './tables.ts';

const rememberedMax = 20_000;

const worded = new WeakMap<Row, string>();

/** The words of a state, one a line; empty where the projection is not searched. Worked out once a state. */
export function wordsOf<R extends Row>(projection: Projection<R>, state: R): string {
  let words = worded.get(state);
  if (words === undefined) {
    words = projection.searchable ? projection.searchable(state).join('\n') : '';
    worded.set(state, words);
  }
  return words;
}

export class Words {
  private readonly find: Statement;
  private readonly insert: Statement;
  private readonly index: Statement | undefined;
  private readonly recent = new Recent<string, number>(rememberedMax);

  constructor(db: Database, table: string) {
    this.find = arrays(db, `select word_id from "${table}__words" where words = ?`);
    this.insert = db.prepare(`insert into "${table}__words"(words) values (?)`);
    if (hasFts(db)) this.index = db.prepare(`insert into "${table}__fts"(rowid, tokens) values (?, ?)`);
  }

  /** Id of the text of these words of `wordsOf`, stored where it is new; null where there are none. */
  idOf(words: string): number | null {
    const recent = this.recent.get(words);
    if (recent !== undefined) return recent;
    const text = wordsText(words);
    if (!text) return null;
    const id = (this.find.get(text) as [number] | undefined)?.[0] ?? this.add(text);
    this.recent.set(words, id);
    return id;
  }

  /** A transaction was rolled back: ids given out within it are void. */
  forget(): void {
    this.recent.clear();
  }

  private add(text: string): number {
    const id = Number(this.insert.run(text).lastInsertRowid);
    this.index?.run(id, tokensOf(text));
    return id;
  }
}
