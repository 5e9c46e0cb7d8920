package topdraw.gateway.choose;

import java.util.List;
import java.util.Optional;
import topdraw.draw.Draw;
import topdraw.draw.LogProbabilityWorth;
import topdraw.estimate.BlockwiseFindings;
import topdraw.estimate.RoundFindings;
import topdraw.gateway.draw.Candidate;
import topdraw.selection.BlockwiseRound;
import topdraw.selection.Round;
import topdraw.theory.finding.Confidence;
import topdraw.theory.finding.Finding;
import topdraw.words.RoundWords;
import topdraw.words.SelectionWords;

/// An answer and what it was chosen among.
public sealed interface Chosen {

  /// The answer.
  ///
  /// @return the candidate that was chosen
  Candidate winner();

  /// Its place among the candidates.
  ///
  /// @return from 0
  int winnerIndex();

  /// The whole completions that it was chosen among.
  ///
  /// @return in the order of their index; the answer alone where it was chosen block by block
  List<Candidate> candidates();

  /// How many draws it was chosen among, over all blocks.
  ///
  /// @return at least 1
  int drawn();

  /// All that was drawn for it.
  ///
  /// @return tokens
  long tokensDrawn();

  /// How many draws the selecting reward could not score.
  ///
  /// @return 0 when every score is a number
  long unscored();

  /// Whether a threshold ended the drawing.
  ///
  /// @return false where all were drawn
  boolean stopped();

  /// What is known of it.
  ///
  /// @param confidence of intervals and certificates
  /// @return drift first
  List<Finding> findings(Confidence confidence);

  /// How it came about.
  ///
  /// @return one sentence
  String sentence();

  /// That it is no good, where that is known.
  ///
  /// @return a warning
  Optional<String> warning();

  /// What the log-probabilities of its draws are worth, where that is less than all.
  ///
  /// @return one sentence
  Optional<String> logProbabilities();

  /// What went wrong on the way.
  ///
  /// @return draws that failed, were drawn again, were given up
  Mishaps mishaps();

  /// What went wrong on the way.
  ///
  /// @param failures why draws failed for good, one line each
  /// @param redrawn how often a failed draw was drawn again
  /// @param cancelled how many draws were given up because the choice no longer needed them
  record Mishaps(List<String> failures, int redrawn, int cancelled) {
    /// None.
    public static final Mishaps NONE = new Mishaps(List.of(), 0, 0);

    /// Copies the list.
    public Mishaps {
      failures = List.copyOf(failures);
    }
  }

  /// Chosen among whole completions.
  ///
  /// @param round the draws that the choice looked at, and the choice
  /// @param candidates the same, as the interface gives them, in the same order
  /// @param mishaps what went wrong on the way
  record AmongWhole(Round round, List<Candidate> candidates, Mishaps mishaps) implements Chosen {
    /// Copies the list.
    public AmongWhole {
      candidates = List.copyOf(candidates);
    }

    @Override
    public Candidate winner() {
      return candidates.get(round.chosen());
    }

    @Override
    public int winnerIndex() {
      return round.winner().index();
    }

    @Override
    public int drawn() {
      return candidates.size();
    }

    @Override
    public long tokensDrawn() {
      return candidates.stream().mapToLong(candidate -> candidate.tokens().orElse(0)).sum();
    }

    @Override
    public long unscored() {
      return round.unscored();
    }

    @Override
    public boolean stopped() {
      return round.stopped();
    }

    @Override
    public List<Finding> findings(Confidence confidence) {
      return RoundFindings.withEstimate(round, confidence);
    }

    @Override
    public String sentence() {
      return RoundWords.of(round);
    }

    @Override
    public Optional<String> warning() {
      return RoundWords.warning(round);
    }

    @Override
    public Optional<String> logProbabilities() {
      return LogProbabilityWorth.of(round.draws()).sentence();
    }
  }

  /// Chosen block by block.
  ///
  /// @param round the blocks
  /// @param winner the answer
  record BlockByBlock(BlockwiseRound round, Candidate winner) implements Chosen {
    @Override
    public int winnerIndex() {
      return 0;
    }

    @Override
    public List<Candidate> candidates() {
      return List.of(winner);
    }

    @Override
    public int drawn() {
      return round.blocks().stream().mapToInt(block -> block.candidates().size()).sum();
    }

    @Override
    public long tokensDrawn() {
      return round.tokensDrawn();
    }

    @Override
    public long unscored() {
      return round.unscored();
    }

    @Override
    public boolean stopped() {
      return false;
    }

    @Override
    public List<Finding> findings(Confidence confidence) {
      return BlockwiseFindings.of(round, confidence);
    }

    @Override
    public String sentence() {
      int blocks = round.blocks().size();
      return SelectionWords.of(round) + (blocks == 1 ? ": one block" : ": " + blocks + " blocks");
    }

    @Override
    public Optional<String> warning() {
      return Optional.empty();
    }

    @Override
    public Optional<String> logProbabilities() {
      List<Draw> draws = List.of(round.answer());
      return LogProbabilityWorth.of(draws).sentence();
    }

    @Override
    public Mishaps mishaps() {
      return Mishaps.NONE;
    }
  }
}
