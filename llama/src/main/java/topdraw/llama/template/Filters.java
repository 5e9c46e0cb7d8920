package topdraw.llama.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The filters by name. There are no others.
final class Filters {
  /// Those of Jinja that no chat template has needed yet, or that are not the same twice.
  private static final Set<String> OTHERS =
      Set.of(
          "attr",
          "filesizeformat",
          "forceescape",
          "pprint",
          "random",
          "striptags",
          "urlencode",
          "urlize",
          "wordwrap",
          "xmlattr");

  private final Map<String, Filter> filters = new HashMap<>();
  private final Budget budget;

  Filters(Budget budget, Tests tests) {
    this.budget = budget;
    filters.putAll(new TextFilters(budget).all());
    filters.putAll(new NumberFilters(budget).all());
    filters.putAll(new SequenceFilters(budget).all());
    filters.putAll(new SortingFilters(budget).all());
    filters.putAll(new ChoosingFilters(budget, tests, this::apply).all());
  }

  /// Puts a value through a filter.
  ///
  /// @throws TemplateException if there is none of this name, or it does not go with the value
  Value apply(String name, Value value, Value.Arguments arguments) {
    budget.step();
    Filter filter = filters.get(name);
    if (filter == null) {
      throw new TemplateException("the filter " + Shown.name(name) + " is not understood");
    }
    return filter.of(value, arguments);
  }

  /// Whether Jinja has a filter of this name.
  boolean exists(String name) {
    return filters.containsKey(name) || OTHERS.contains(name);
  }
}
