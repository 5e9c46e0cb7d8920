package topdraw.gateway;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import topdraw.gateway.choose.Chosen;
import topdraw.gateway.choose.Plan;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.settings.Alias;

/// Counts the drift of answers, before they are drawn.
public sealed interface Ledger extends AutoCloseable permits AccountsLedger, Ledger.None {

  /// Makes room for the answers of one request.
  ///
  /// @param key the name of the caller's key
  /// @param alias the name that was asked for, with its budget
  /// @param plan how each answer is to be chosen
  /// @param answers how many
  /// @return the entry, with the plan that the budget allows
  /// @throws ApiException if the budget allows none, or nothing can be counted now
  Entry admit(String key, Alias alias, Plan plan, int answers);

  /// Whether drift can be counted now.
  ///
  /// @return empty where it can, else why not, in one line
  Optional<String> unready();

  @Override
  void close();

  /// The entry of one request. Closed without having been settled or kept, nothing was drawn and it
  /// never was.
  interface Entry extends AutoCloseable {
    /// The plan that the budget allows.
    ///
    /// @return the plan, with fewer completions where the budget binds
    Plan plan();

    /// The answers go out.
    ///
    /// @param chosen one for each answer
    /// @param fresh whether the draws are independent of all that was drawn before. A seed that the
    ///   caller chose may have been used before, or chosen for what it draws: then each answer
    ///   counts at its most
    /// @return what each is entered with, in nats; empty where nobody counts
    List<OptionalDouble> settle(List<Chosen> chosen, boolean fresh);

    /// Something was drawn and there is no answer, or only a part of one: each counts at its most.
    /// Whether a request comes to an end may depend on what was drawn, so that those that do are no
    /// draws of the policy whose drift is counted.
    void keep();

    @Override
    void close();
  }

  /// Counts nothing.
  record None() implements Ledger {
    @Override
    public Entry admit(String key, Alias alias, Plan plan, int answers) {
      return new Entry() {
        @Override
        public Plan plan() {
          return plan;
        }

        @Override
        public List<OptionalDouble> settle(List<Chosen> chosen, boolean fresh) {
          return Collections.nCopies(chosen.size(), OptionalDouble.empty());
        }

        @Override
        public void keep() {}

        @Override
        public void close() {}
      };
    }

    @Override
    public Optional<String> unready() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
