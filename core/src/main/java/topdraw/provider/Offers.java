package topdraw.provider;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import topdraw.input.InputException;
import topdraw.input.Problem;

/// Everything of one kind that can be asked for here.
///
/// @param <T> what is opened
/// @param <C> what it may use
public final class Offers<T, C> {
  private final Map<String, Offer<T, C>> byName;

  private Offers(Map<String, Offer<T, C>> byName) {
    this.byName = byName;
  }

  /// What the class path offers.
  ///
  /// @param <T> what is opened
  /// @param <C> what it may use
  /// @param service the kind of provider
  /// @return its offers; of two of one name the one found first
  public static <T, C> Offers<T, C> of(Class<? extends Provider<T, C>> service) {
    Map<String, Offer<T, C>> byName = new LinkedHashMap<>();
    for (Provider<T, C> provider : ServiceLoader.load(service)) {
      provider.offers().forEach(offer -> byName.putIfAbsent(offer.name(), offer));
    }
    return new Offers<>(byName);
  }

  /// Opens what has to be there.
  ///
  /// @param spec `name` or `name:argument`
  /// @param context what it may use
  /// @param kind what is asked for, in words, as `reference policy`
  /// @return the thing; the caller closes it
  /// @throws InputException if nothing is offered under that name, or its argument is wrong
  /// @throws IOException if something cannot be read
  public T require(String spec, C context, String kind) throws IOException {
    return open(Asked.of(spec), context)
        .orElseThrow(
            () ->
                new InputException(
                    Problem.UNKNOWN,
                    "no %s is called \"%s\"; there are %s"
                        .formatted(kind, spec, String.join(", ", forms()))));
  }

  /// How each is asked for.
  ///
  /// @return the forms, in order
  public List<String> forms() {
    List<String> forms = new ArrayList<>();
    byName.values().forEach(offer -> forms.add(offer.form()));
    return forms;
  }

  /// Opens what was asked for.
  ///
  /// @param asked what was asked for
  /// @param context what it may use
  /// @return the thing, which the caller closes; empty if nothing is offered under that name
  /// @throws topdraw.input.InputException if its argument is wrong
  /// @throws IOException if something cannot be read
  public Optional<T> open(Asked asked, C context) throws IOException {
    Offer<T, C> offer = byName.get(asked.name());
    return offer == null ? Optional.empty() : Optional.of(offer.opener().open(asked, context));
  }
}
