package topdraw.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/// The samples on their way from the files to where their prompt is measured: a row a draw. A
/// prompt is known by a hash; its key and words stand in one of its rows at least. Where a task has
/// read the last of its rows, it adds one that says what it saw ([Survey]).
final class SampleTable {
  static final int HIGH = 0;
  static final int LOW = 1;
  static final int ROW = 2;
  static final int ITEM = 3;
  static final int KEY = 4;
  static final int PROMPT = 5;
  static final int SAMPLE = 6;
  static final int MARKS = 7;
  static final int SURVEY = 8;

  private static final StructType COLUMNS =
      new StructType()
          .add("high", DataTypes.LongType)
          .add("low", DataTypes.LongType)
          .add("row", DataTypes.LongType)
          .add("item", DataTypes.IntegerType)
          .add("key", DataTypes.StringType)
          .add("prompt", DataTypes.StringType)
          .add("sample", DataTypes.BinaryType)
          .add("marks", DataTypes.StringType)
          .add("survey", DataTypes.BinaryType);

  private SampleTable() {}

  /// A draw.
  ///
  /// @param prompt the hash of its prompt
  /// @param row where its row stands among all
  /// @param item which draw of the row it is
  /// @param key its prompt's key, in one row of the prompt
  /// @param words its prompt, in the same row
  static Row draw(
      PromptHash prompt,
      long row,
      int item,
      @Nullable String key,
      @Nullable String words,
      byte[] sample,
      @Nullable String marks) {
    return RowFactory.create(
        prompt.high(), prompt.low(), row, item, key, words, sample, marks, null);
  }

  static Row survey(long slice, Survey survey) {
    return RowFactory.create(0L, 0L, slice, 0, null, null, null, null, written(survey));
  }

  private static byte[] written(Survey survey) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(survey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// The bytes of a draw.
  static byte[] sample(Row row) {
    return row.<byte[]>getAs(SAMPLE);
  }

  static @Nullable Survey survey(Row row) {
    byte[] bytes = row.isNullAt(SURVEY) ? null : row.getAs(SURVEY);
    if (bytes == null) {
      return null;
    }
    try (ObjectInputStream in = new Here(bytes)) {
      return (Survey) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Finds our classes where a cluster was sent them, which is not where Java looks first.
  private static final class Here extends ObjectInputStream {
    Here(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      return Class.forName(type.getName(), false, SampleTable.class.getClassLoader());
    }
  }

  static PromptHash prompt(Row row) {
    return new PromptHash(row.getLong(HIGH), row.getLong(LOW));
  }

  /// The same rows, those of a prompt together and in their order. What is read of the result is
  /// shuffled once, however often it is read.
  static JavaRDD<Row> byPrompt(SparkSession spark, JavaRDD<Row> rows, int partitions) {
    return spark
        .createDataFrame(rows, COLUMNS)
        .repartition(partitions, functions.col("high"), functions.col("low"))
        .sortWithinPartitions("high", "low", "row", "item")
        .toJavaRDD();
  }
}
