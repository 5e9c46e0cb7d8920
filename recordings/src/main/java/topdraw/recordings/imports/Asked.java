package topdraw.recordings.imports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What tells the prompt of a row from all others.
///
/// @param key what the row calls it
/// @param prompt what was asked, as [StoredRow] has it
/// @param beside what else belongs to the question
record Asked(String key, String prompt, String beside) {
  static Asked of(RowReader.Row row) {
    return new Asked(StoredRow.key(row), StoredRow.prompt(row), row.beside());
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(key.length() + prompt.length() + beside.length() + 12);
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      StoredText.write(out, key);
      StoredText.write(out, prompt);
      StoredText.write(out, beside);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not into memory
    }
    return bytes.toByteArray();
  }

  static Asked of(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return new Asked(StoredText.required(in), StoredText.required(in), StoredText.required(in));
  }
}
