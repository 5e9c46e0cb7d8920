package topdraw.recordings.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import topdraw.json.Json;

/// Takes rows one by one; [#finish] makes them whole.
interface RowWriter extends AutoCloseable {
  void row(Map<String, @Nullable Object> row) throws IOException;

  void finish() throws IOException;

  @Override
  void close() throws IOException;

  /// A JSON object a line. A number that JSON cannot write is its name as a text.
  record JsonLines(OutputStream out) implements RowWriter {
    @Override
    public void row(Map<String, @Nullable Object> row) throws IOException {
      row.replaceAll(
          (column, value) ->
              value instanceof Double number && !Double.isFinite(number)
                  ? number.toString()
                  : value);
      out.write((Json.line(row) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void finish() throws IOException {
      out.flush();
    }

    @Override
    public void close() {}
  }
}
