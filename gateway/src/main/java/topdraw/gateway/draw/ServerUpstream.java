package topdraw.gateway.draw;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import topdraw.draw.Draw;
import topdraw.gateway.question.ApiException;
import topdraw.gateway.question.Question;
import topdraw.reference.Continuation;
import topdraw.reference.DrawFailedException;
import topdraw.reference.Sampling;
import topdraw.servers.Forwarded;
import topdraw.servers.Forwarding;
import topdraw.servers.http.Failure;
import topdraw.servers.http.ServerException;

/// A model on a server: questions go on as they came.
public final class ServerUpstream implements Upstream {
  private final Forwarding server;
  private final int ahead;
  private final Semaphore room;

  /// A model on a server.
  ///
  /// @param server where it is; closed with this
  /// @param atOnce how many completions it is asked for at once, of all questions together
  /// @param ahead how many of them one early stop asks for at once
  public ServerUpstream(Forwarding server, int atOnce, int ahead) {
    this.server = server;
    this.ahead = ahead;
    room = new Semaphore(atOnce, true);
  }

  @Override
  public String model() {
    return server.model();
  }

  @Override
  public int ahead() {
    return ahead;
  }

  @Override
  public boolean ready() {
    return server.answers();
  }

  /// {@inheritDoc}
  ///
  /// The server says itself what it has not.
  @Override
  public Question accept(Question question) {
    return question;
  }

  @Override
  public Candidates ask(Question question, Sampling sampling, long seed) {
    return new Candidates() {
      @Override
      public Candidate draw(int index) {
        return ServerUpstream.this.draw(question, sampling, seed, index);
      }

      @Override
      public Continuation begin(int n) {
        throw ApiException.invalid(
            "topdraw.method",
            "unsupported_method",
            "blockwise is drawn from the model in this process alone; ask for another method");
      }

      @Override
      public Candidate candidate(Draw answer) {
        throw new IllegalStateException("nothing is drawn here block by block");
      }

      @Override
      public int mostTokens() {
        return sampling.maxTokens();
      }

      @Override
      public void close() {} // each draw ends with its thread
    };
  }

  private Candidate draw(Question question, Sampling sampling, long seed, int index) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted while waiting for room on the server");
    }
    try {
      Forwarded drawn = server.draw(question.prompt(), sampling, question.body(), seed, index);
      // As long as the answer itself many times over, and wanted for the sum alone.
      if (!question.likely()) drawn.choice().putNull("logprobs");
      return new Candidate(drawn.draw(), drawn.choice(), drawn.promptTokens(), drawn.tokens());
    } catch (ServerException e) {
      throw failed(e.failure());
    } finally {
      room.release();
    }
  }

  /// What the server finds wrong with the question is said to who asked it.
  private static RuntimeException failed(Failure failure) {
    if (failure.kind() != Failure.Kind.REFUSED) return new DrawFailedException(failure.line());
    return switch (failure.status()) {
      case 400, 413, 422 ->
          new ApiException(
              400,
              "invalid_request_error",
              "refused_by_model_server",
              Optional.empty(),
              failure.line());
      default -> new DrawFailedException(failure.line());
    };
  }

  @Override
  public void close() {
    server.close();
  }
}
