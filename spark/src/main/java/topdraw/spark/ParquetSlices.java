package topdraw.spark;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import topdraw.spark.InputFiles.InputFile;
import topdraw.spark.InputFiles.Kind;

/// The rows of Parquet files, read by Spark, which slices them by groups of rows.
final class ParquetSlices {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String FILE = "topdraw file";
  private static final String ROW = "topdraw row";

  private ParquetSlices() {}

  /// The first rows of a file.
  static Iterator<JsonNode> first(SparkSession spark, InputFile file, int rows) throws IOException {
    // In one slice, of which no more is read than is asked for.
    SparkSession apart = spark.newSession();
    apart.conf().set("spark.sql.files.maxPartitionBytes", Long.toString(file.length() + 1));
    apart.conf().set("spark.sql.files.minPartitionNum", "1");
    try {
      Dataset<Row> table = read(apart, List.of(file));
      requireText(file.name(), table.schema());
      return table.limit(rows).collectAsList().stream().map(ParquetSlices::node).iterator();
    } catch (Exception e) { // Scala throws what it does not declare
      throw Failure.parquet(file.name(), e);
    }
  }

  private static Dataset<Row> read(SparkSession spark, List<InputFile> files) {
    return spark
        .read()
        .option("mergeSchema", "false")
        .parquet(files.stream().map(file -> literal(file.path())).toArray(String[]::new));
  }

  /// Spark reads `*`, `?`, `[` and `{` in a path as a pattern.
  private static String literal(Path path) {
    return path.toString().replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0");
  }

  private static void requireText(String name, StructType columns) {
    for (StructField column : columns.fields()) {
      if (column.dataType() instanceof BinaryType) {
        throw Failure.refused(
            name
                + ": the column '"
                + column.name()
                + "' holds bytes, which --spark does not read; write it as text, or leave it out");
      }
    }
  }

  /// The draws of all files of that kind, as Spark slices them.
  ///
  /// @param firstTask how many tasks are others'
  static List<JavaRDD<Row>> rows(
      SparkSession spark, List<InputFile> files, Reading reading, int firstTask) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    var shared = context.broadcast(reading);
    Map<StructType, List<InputFile>> bySchema = new LinkedHashMap<>();
    HashMap<String, Integer> numbers = new HashMap<>();
    for (int f = 0; f < files.size(); f++) {
      if (files.get(f).kind() == Kind.PARQUET && reading.meaning()[f] >= 0) {
        numbers.put(files.get(f).path().toString(), f);
        bySchema
            .computeIfAbsent(
                read(spark, List.of(files.get(f))).schema(), first -> new ArrayList<>())
            .add(files.get(f));
      }
    }
    var known = context.broadcast(numbers);
    List<JavaRDD<Row>> all = new ArrayList<>();
    int tasks = firstTask;
    for (List<InputFile> alike : bySchema.values()) {
      JavaRDD<Row> table =
          read(spark, alike)
              .select(
                  functions.col("*"),
                  functions.col("_metadata.file_path").as(FILE),
                  functions.col("_metadata.row_index").as(ROW))
              .toJavaRDD();
      int first = tasks;
      all.add(
          table.mapPartitionsWithIndex(
              (task, rows) -> new Rows(rows, known.value(), shared.value(), first + task), false));
      tasks += table.getNumPartitions();
    }
    return all;
  }

  /// Reads the rows of one task, in their order in each file.
  private static final class Rows extends Scattered {
    private final Iterator<Row> rows;
    private final Map<String, Integer> numbers;
    private String path = "";
    private int file;

    Rows(Iterator<Row> rows, Map<String, Integer> numbers, Reading reading, int task) {
      super(reading, task);
      this.rows = rows;
      this.numbers = numbers;
    }

    @Override
    boolean read(Consumer<Row> out) {
      if (!rows.hasNext()) {
        return false;
      }
      Row row = rows.next();
      int last = row.length() - 1;
      String now = row.getString(last - 1);
      if (!now.equals(path)) {
        path = now;
        Integer number = numbers.get(new Path(URI.create(now)).toString());
        if (number == null) {
          throw new IllegalStateException("nobody named " + now);
        }
        file = number;
      }
      long inFile = row.getLong(last);
      String place = task.name(file) + " row " + (inFile + 1);
      ObjectNode node = (ObjectNode) node(row);
      node.remove(List.of(FILE, ROW));
      task.take(file, Reading.row(file, inFile), place, task.reader(file).row(place, node), out);
      return true;
    }
  }

  private static JsonNode node(Row row) {
    ObjectNode node = NODES.objectNode();
    StructField[] fields = row.schema().fields();
    for (int i = 0; i < fields.length; i++) {
      node.set(fields[i].name(), node(row.get(i)));
    }
    return node;
  }

  private static JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case String text -> NODES.stringNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Integer whole -> NODES.numberNode(whole.intValue());
      case Long whole -> NODES.numberNode(whole.longValue());
      case Short whole -> NODES.numberNode(whole.intValue());
      case Byte whole -> NODES.numberNode(whole.intValue());
      case Double number -> NODES.numberNode(number.doubleValue());
      case Float number -> NODES.numberNode((double) number);
      case BigDecimal number -> NODES.numberNode(number.doubleValue());
      case Row inner -> node(inner);
      case scala.collection.Map<?, ?> map -> {
        ObjectNode node = NODES.objectNode();
        CollectionConverters.asJava(map)
            .forEach((key, inner) -> node.set(String.valueOf(key), node(inner)));
        yield node;
      }
      case scala.collection.Seq<?> list -> {
        ArrayNode node = NODES.arrayNode();
        CollectionConverters.asJava(list).forEach(inner -> node.add(node(inner)));
        yield node;
      }
      case byte[] bytes -> throw new IllegalArgumentException("a column of bytes");
      case Timestamp time -> NODES.stringNode(words(time.toLocalDateTime()));
      case LocalDateTime time -> NODES.stringNode(words(time));
      default -> NODES.stringNode(value.toString());
    };
  }

  private static String words(LocalDateTime time) {
    String date = time.toLocalDate().toString();
    String clock = time.toLocalTime().toString();
    return date + " " + (clock.length() == 5 ? clock + ":00" : clock);
  }
}
