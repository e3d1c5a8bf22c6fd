/** The distinct texts by which rows of a table are found. Rows share them: a million versions of 26,000 villages have few. */
import { arrays, type Database, type Statement } from './database.ts';
import { Recent } from './recent.ts';
import { tokensOf, wordsText } from './search.ts';
import { hasFts } from './tables.ts';

const rememberedMax = 20_000;

/** How rows and texts are written: kept up for readers, or into a new file. A draft is indexed once all is there, and its ids
 *  begin after those that were given to others. */
export interface Writing {
  readonly draft: boolean;
  readonly idsBefore: number;
}

export const toLive: Writing = { draft: false, idsBefore: 0 };

export class Words {
  private readonly find: Statement;
  private readonly insert: Statement;
  private readonly index: Statement | undefined;
  private nextDraft: number;
  private readonly recent: {
    get(words: string): number | undefined;
    set(words: string, id: number): unknown;
    clear(): void;
  };

  constructor(
    db: Database,
    table: string,
    private readonly writing: Writing,
  ) {
    this.find = arrays(db, `select word_id from "${table}__words" where words = ?`);
    this.insert = db.prepare(`insert into "${table}__words"(word_id, words) values (?, ?)`);
    if (!writing.draft) this.index = indexStatement(db, table);
    this.nextDraft = writing.idsBefore + 1;
    // Without an index to look them up by, all texts of a draft are remembered.
    this.recent = writing.draft ? new Map() : new Recent(rememberedMax);
  }

  /** Id of the text of these words, one a line,, stored where it is new; null where there are none. */
  idOf(words: string): number | null {
    const recent = this.recent.get(words);
    if (recent !== undefined) return recent;
    const text = wordsText(words);
    if (!text) return null;
    const stored = this.writing.draft ? undefined : (this.find.get(text) as [number] | undefined);
    const id = stored?.[0] ?? this.add(text);
    this.recent.set(words, id);
    return id;
  }

  /** A transaction was rolled back: ids given out within it are void. */
  forget(): void {
    this.recent.clear();
  }

  private add(text: string): number {
    const id = Number(this.insert.run(this.writing.draft ? this.nextDraft++ : null, text).lastInsertRowid);
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
