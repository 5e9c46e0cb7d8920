package topdraw.provider;

import java.util.List;

/// Offers things that are asked for by name, as `regex:^Paris`: found on the class path by the
/// service loader, so that what comes with another module needs no mention in this one.
///
/// @param <T> what is opened
/// @param <C> what it may use
public interface Provider<T, C> {

  /// What is offered.
  ///
  /// @return the offers, in the order in which they are listed
  List<Offer<T, C>> offers();
}
