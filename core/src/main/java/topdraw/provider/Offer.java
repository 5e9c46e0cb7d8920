package topdraw.provider;

import java.io.IOException;

/// One thing that can be asked for.
///
/// @param <T> what is opened
/// @param <C> what it may use
/// @param name what stands before the colon, as `regex`
/// @param form how it is asked for, as `regex:PATTERN`
/// @param opener opens it
public record Offer<T, C>(String name, String form, Opener<T, C> opener) {

  /// Opens what was asked for.
  ///
  /// @param <T> what is opened
  /// @param <C> what it may use
  @FunctionalInterface
  public interface Opener<T, C> {
    /// Opens it.
    ///
    /// @param asked what was asked for
    /// @param context what it may use
    /// @return the thing; the caller closes it
    /// @throws topdraw.input.InputException if what was asked for is wrong, saying how
    /// @throws IOException if something cannot be read
    T open(Asked asked, C context) throws IOException;
  }
}
