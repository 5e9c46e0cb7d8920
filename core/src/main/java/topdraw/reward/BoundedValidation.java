package topdraw.reward;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One validation, given up after a number of steps: references make a schema of a few lines that
/// takes hours, and what a step count decides, every machine decides alike.
final class BoundedValidation extends ExecutionContext {
  /// Keywords looked at; about a second.
  static final int MOST_STEPS = 1_000_000;

  /// An error is written out, which costs as much as many keywords.
  private static final int STEPS_OF_AN_ERROR = 20;

  /// A deeper step costs more: the library walks its whole way, and of all that it found.
  private static final int DEPTH_OF_A_STEP = 4;

  private int steps;
  private int depth;

  private BoundedValidation(Schema schema) {
    super(schema.createExecutionContext().getExecutionConfig());
  }

  /// @return what is wrong with the document; empty where it is valid
  /// @throws TooManySteps if that cannot be told in time
  static List<Error> errors(Schema schema, JsonNode document) {
    return schema.validate(new BoundedValidation(schema), document, OutputFormat.DEFAULT);
  }

  private void step(int count) {
    steps += count;
    if (steps > MOST_STEPS) {
      throw new TooManySteps();
    }
  }

  @Override
  public void evaluationPathAddLast(String token) {
    deeper();
    super.evaluationPathAddLast(token);
  }

  @Override
  public void evaluationPathAddLast(int token) {
    deeper();
    super.evaluationPathAddLast(token);
  }

  @Override
  public void evaluationPathRemoveLast() {
    depth--;
    super.evaluationPathRemoveLast();
  }

  private void deeper() {
    depth++;
    step(1 + depth / DEPTH_OF_A_STEP);
  }

  @Override
  public void addError(Error error) {
    step(STEPS_OF_AN_ERROR);
    super.addError(error);
  }

  /// Thrown through the library.
  static final class TooManySteps extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TooManySteps() {
      super(
          "judging one document by the schema takes more than %,d steps; its references multiply"
              .formatted(MOST_STEPS));
    }
  }
}
