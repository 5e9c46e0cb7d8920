import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Reads what PIT wrote of a module and fails on a mutant that survived and is not listed as
/// equivalent: `java tools/mutation/Survivors.java tools/mutation/equivalent.txt theory topdraw.theory.law`.
///
/// A line of the list is `class | method | mutator | code | reason`. The code is the line of source,
/// so that the entry stays where lines move; a mutator that leaves several such mutants on one line
/// is followed by `×` and their number. An entry that no longer applies is told and fails too: of the
/// classes just mutated where its mutant was noticed, of all others where its class or its line is
/// gone. Without a module it only looks for those.
public final class Survivors {
  private record Place(String type, String method, String mutator, String code) {
    @Override
    public String toString() {
      return type + " | " + method + " | " + mutator + " | " + code;
    }
  }

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<Place, List<String>> survivors = new LinkedHashMap<>();
  private final List<String> types = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    Path list = Path.of(args[0]);
    boolean good = stand(list);
    if (args.length > 1) {
      var found = new Survivors();
      found.read(Path.of(args[1]), args[2]);
      good &= found.check(list);
    }
    System.exit(good ? 0 : 1);
  }

  private void read(Path module, String name) throws Exception {
    Path report = module.resolve("target/pit-reports/mutations.xml");
    if (!Files.exists(report)) {
      System.out.println(name + ": nothing in it can be mutated");
      return;
    }
    var mutations =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getDocumentElement()
            .getChildNodes();
    for (int i = 0; i < mutations.getLength(); i++) {
      if (mutations.item(i) instanceof Element mutation) {
        add(module, mutation);
      }
    }
    int all = counts.values().stream().mapToInt(n -> n).sum();
    int unnoticed = survivors.values().stream().mapToInt(List::size).sum();
    System.out.println(name + ": " + (all - unnoticed) + " of " + all + " mutants noticed, " + counts);
  }

  private void add(Path module, Element mutation) throws IOException {
    String status = mutation.getAttribute("status");
    counts.merge(status, 1, Integer::sum);
    String type = text(mutation, "mutatedClass").replaceAll("\\$.*", "");
    types.add(type);
    if (!status.equals("SURVIVED") && !status.equals("NO_COVERAGE")) {
      return;
    }
    Path source = module.resolve("src/main/java/" + type.replace('.', '/') + ".java");
    int line = Integer.parseInt(text(mutation, "lineNumber"));
    String mutator = text(mutation, "mutator").replaceAll(".*\\.|Mutator", "");
    String method = text(mutation, "mutatedMethod").replaceAll("lambda\\$|\\$\\d+", "");
    var place = new Place(type, method, mutator, Files.readAllLines(source).get(line - 1).strip());
    String said = source.getFileName() + ":" + line + " " + text(mutation, "description");
    survivors.computeIfAbsent(place, _ -> new ArrayList<>()).add(said);
  }

  private static String text(Element mutation, String name) {
    Node node = mutation.getElementsByTagName(name).item(0);
    return node.getTextContent();
  }

  private boolean check(Path list) throws IOException {
    Map<Place, Integer> equivalent = equivalent(list);
    boolean good = true;
    for (var survivor : survivors.entrySet()) {
      int allowed = equivalent.getOrDefault(survivor.getKey(), 0);
      if (survivor.getValue().size() > allowed) {
        good = false;
        System.out.println("survived" + (allowed > 0 ? ", beyond " + allowed + " listed" : "") + ":");
        System.out.println("  " + survivor.getKey());
        survivor.getValue().forEach(said -> System.out.println("    " + said));
      }
    }
    for (var entry : equivalent.entrySet()) {
      List<String> left = survivors.getOrDefault(entry.getKey(), List.of());
      if (types.contains(entry.getKey().type()) && left.size() < entry.getValue()) {
        good = false;
        System.out.println("listed as equivalent, but noticed or gone; delete it from " + list + ":");
        System.out.println("  " + entry.getKey() + " (" + left.size() + " left)");
      }
    }
    return good;
  }

  /// Whether the class and the line of every entry are still there.
  private static boolean stand(Path list) throws IOException {
    boolean good = true;
    for (Place place : equivalent(list).keySet()) {
      String type = "src/main/java/" + place.type().replace('.', '/') + ".java";
      List<Path> sources =
          Stream.of("theory", "core").map(module -> Path.of(module, type)).filter(Files::exists).toList();
      String gone = sources.isEmpty() ? "class" : "line";
      if (sources.isEmpty()
          || Files.readAllLines(sources.getFirst()).stream()
              .noneMatch(line -> line.strip().equals(place.code()))) {
        good = false;
        System.out.println("listed as equivalent, but its " + gone + " is gone; look at it again in " + list + ":");
        System.out.println("  " + place);
      }
    }
    return good;
  }

  private static Map<Place, Integer> equivalent(Path list) throws IOException {
    Map<Place, Integer> places = new LinkedHashMap<>();
    for (String line : Files.readAllLines(list)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      // The code may hold bars of its own.
      String[] cells = line.split(" \\| ", 4);
      int end = cells.length < 4 ? -1 : cells[3].lastIndexOf(" | ");
      if (end < 0) {
        throw new IOException(list + ": expected class | method | mutator | code | reason: " + line);
      }
      String[] mutator = cells[2].split(" ×");
      places.put(
          new Place(cells[0], cells[1], mutator[0], cells[3].substring(0, end)),
          mutator.length > 1 ? Integer.parseInt(mutator[1]) : 1);
    }
    return places;
  }
}
