package topdraw.gateway.ledger;

import topdraw.input.InputException;
import topdraw.input.Problem;

/// Who spends drift: a key of the gateway, under one of its aliases.
///
/// @param key the name of the key, never its secret
/// @param alias the model's name that was asked for
public record Account(String key, String alias) {
  private static final int LONGEST = 200;

  /// Checks the names.
  ///
  /// @throws InputException if one is empty, longer than 200 characters or not one line
  public Account {
    check(key, "a key");
    check(alias, "an alias");
  }

  private static void check(String name, String what) {
    if (name.isBlank()
        || name.length() > LONGEST
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new InputException(
          Problem.OUT_OF_RANGE,
          "the name of %s is 1 to %d characters on one line, was \"%s\""
              .formatted(what, LONGEST, name.replaceAll("\\p{Cntrl}", "?")));
    }
  }

  @Override
  public String toString() {
    return key + "/" + alias;
  }
}
