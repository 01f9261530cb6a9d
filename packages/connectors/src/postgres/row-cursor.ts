import Cursor from 'pg-cursor';

interface CopyTarget {
  sendCopyFail(reason: string): void;
}

/** A cursor that lives through COPY: the plain one knows nothing of it and would end the process. */
export class RowCursor extends Cursor {
  /** The statement sent rows past the cursor. */
  hasCopied = false;

  handleCopyInResponse(connection: CopyTarget): void {
    this.hasCopied = true;
    connection.sendCopyFail('COPY FROM STDIN cannot be used in a query.');
  }

  /** Rows of COPY TO STDOUT: they count towards no cap, so they are let go. */
  handleCopyData(): void {
    this.hasCopied = true;
  }
}
