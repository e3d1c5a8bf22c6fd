/** The distinct texts by which rows of a table are found. Rows share them: a million versions of 26,000 villages have few. */
import { arrays, type Database, type Statement } from './database.ts';
import { Recent } from './recent.ts';
import { tokensOf, wordsText } from './search.ts';
import { hasFts } from './tables.ts';

const rememberedMax = 20_000;

/** Draft texts are indexed once they are all there. */
export type WordsMode = 'live' | 'draft';

export class Words {
  private readonly find: Statement;
  private readonly insert: Statement;
  private readonly index: Statement | undefined;
  private readonly recent: {
    get(words: string): number | undefined;
    set(words: string, id: number): unknown;
    clear(): void;
  };

  constructor(
    db: Database,
    table: string,
    private readonly mode: WordsMode,
  ) {
    this.find = arrays(db, `select word_id from "${table}__words" where words = ?`);
    this.insert = db.prepare(`insert into "${table}__words"(words) values (?)`);
    if (mode === 'live') this.index = indexStatement(db, table);
    // Without an index to look them up by, all texts of a draft are remembered.
    this.recent = mode === 'live' ? new Recent(rememberedMax) : new Map();
  }

  /** Id of the text of these words, one a line,, stored where it is new; null where there are none. */
  idOf(words: string): number | null {
    const recent = this.recent.get(words);
    if (recent !== undefined) return recent;
    const text = wordsText(words);
    if (!text) return null;
    const stored = this.mode === 'live' ? (this.find.get(text) as [number] | undefined) : undefined;
    const id = stored?.[0] ?? this.add(text);
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

/** Indexes all texts of a draft. */
export function indexWords(db: Database, table: string): void {
  const index = indexStatement(db, table);
  if (!index) return;
  for (const [id, words] of arrays(db, `select word_id, words from "${table}__words"`).all() as [number, string][]) {
    index.run(id, tokensOf(words));
  }
}

/** Without FTS5 there is nothing to index: texts are scanned. */
const indexStatement = (db: Database, table: string): Statement | undefined =>
  hasFts(db) ? db.prepare(`insert into "${table}__fts"(rowid, tokens) values (?, ?)`) : undefined;
