package topdraw.gateway.choose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import topdraw.draw.PromptDraws;
import topdraw.draw.Score;
import topdraw.gateway.question.ApiException;
import topdraw.input.Alternatives;
import topdraw.input.InputException;
import topdraw.provider.Asked;
import topdraw.reward.Reward;
import topdraw.reward.RewardCatalog;
import topdraw.reward.RewardIdentity;

/// The rewards that callers can name: those that the operator has set up, and those that need
/// nothing but the answer, whose argument a caller may choose. A caller's name never opens a file,
/// starts a program or asks a server.
public final class RewardShelf implements AutoCloseable {
  /// Rewards whose argument is a caller's to choose: their time grows with the text, no more.
  private static final Set<String> FREE = Set.of("regex", "numeric");

  private static final List<String> ALWAYS =
      List.of("log-likelihood", "negative-length", "majority");

  private final RewardCatalog catalog;
  private final Map<String, Reward> rewards = new LinkedHashMap<>();

  /// Opens what the operator has set up.
  ///
  /// @param catalog opens rewards
  /// @param named what a reward is asked for by, by the name that callers use
  /// @throws InputException if one cannot be opened
  public RewardShelf(RewardCatalog catalog, Map<String, String> named) {
    this.catalog = catalog;
    try {
      ALWAYS.forEach(name -> rewards.put(name, catalog.open(name)));
      named.forEach(
          (name, spec) -> {
            try {
              rewards.put(name, new OneAtATime(catalog.open(spec), new ReentrantLock(true)));
            } catch (InputException e) {
              throw InputException.at("reward " + name, e);
            }
          });
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// A reward by its name.
  ///
  /// @param name as a caller says it: a name of the operator's, or `regex:PATTERN`,
  ///   `numeric:ANSWER`
  /// @return the reward; stays open
  /// @throws ApiException if there is none of that name
  public Reward named(String name) {
    Reward known = rewards.get(name);
    if (known != null) return known;
    Asked asked = Asked.of(name);
    if (FREE.contains(asked.name()) && asked.argument().isPresent()) {
      try {
        return catalog.open(name);
      } catch (InputException e) {
        throw ApiException.invalid(
            "topdraw.reward", "invalid_value", String.valueOf(e.getMessage()));
      }
    }
    throw ApiException.invalid(
        "topdraw.reward",
        "unknown_reward",
        "no reward is called \"%s\" here%s, regex:PATTERN, numeric:ANSWER"
            .formatted(
                name.length() > 60 ? name.substring(0, 60) + "…" : name,
                Alternatives.told(asked.name(), names())));
  }

  /// The names that are always there.
  ///
  /// @return the operator's behind the built-in ones
  public List<String> names() {
    return List.copyOf(rewards.keySet());
  }

  /// A reward by its name, or the one that chooses where nothing is said: the operator's first,
  /// else how likely the model finds an answer.
  ///
  /// @param name the name, where one was given
  /// @return the reward; stays open
  /// @throws ApiException if there is none of that name
  public Reward of(Optional<String> name) {
    return named(name.orElse(usual()));
  }

  /// The name of the reward that chooses where nothing is said.
  ///
  /// @return one of [#names]
  public String usual() {
    return names().size() > ALWAYS.size() ? names().get(ALWAYS.size()) : ALWAYS.getFirst();
  }

  @Override
  public void close() {
    rewards.values().forEach(Reward::close);
  }

  /// Rewards are made for one thread, and hold programs and models.
  private record OneAtATime(Reward reward, Lock lock) implements Reward {
    @Override
    public String name() {
      return reward.name();
    }

    @Override
    public RewardIdentity identity() {
      return reward.identity();
    }

    @Override
    public List<Score> score(PromptDraws prompt) {
      lock.lock();
      try {
        return reward.score(prompt);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean scoresPrefixes() {
      return reward.scoresPrefixes();
    }

    @Override
    public boolean comparesDraws() {
      return reward.comparesDraws();
    }

    @Override
    public void close() {
      reward.close();
    }
  }
}
