package topdraw.gateway;

import java.util.Optional;
import topdraw.gateway.choose.Plan;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.settings.Alias;

/// Counts the drift of answers, before they are drawn.
public interface Ledger extends AutoCloseable {

  /// Makes room for one answer.
  ///
  /// @param key the name of the caller's key
  /// @param alias the name that was asked for, with its budget
  /// @param plan how the answer is to be chosen
  /// @return the entry, with the plan that its budget allows
  /// @throws ApiException if the budget allows none, or nothing can be counted now
  Entry admit(String key, Alias alias, Plan plan);

  /// Whether drift can be counted now.
  ///
  /// @return empty where it can, else why not, in one line
  Optional<String> unready();

  @Override
  void close();

  /// The entry of one answer.
  interface Entry {
    /// The plan that the budget allows.
    ///
    /// @return the plan, with fewer completions where the budget binds
    Plan plan();

    /// Whether anybody counts.
    ///
    /// @return false where the alias has no budget and no account is kept
    boolean counted();

    /// The answer goes out.
    ///
    /// @param nats what it is entered with
    void settle(double nats);

    /// There was no answer.
    void refund();
  }

  /// Counts nothing.
  Ledger NONE =
      new Ledger() {
        @Override
        public Entry admit(String key, Alias alias, Plan plan) {
          return new Entry() {
            @Override
            public Plan plan() {
              return plan;
            }

            @Override
            public boolean counted() {
              return false;
            }

            @Override
            public void settle(double nats) {}

            @Override
            public void refund() {}
          };
        }

        @Override
        public Optional<String> unready() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };
}
