package topdraw.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class InputExceptionTest {
  private static final InputException LOW =
      new InputException(
          Problem.OUT_OF_RANGE, Parameter.WIN_RATE, " is too low for ", Parameter.N, " = ", 3);

  @Test
  void everyFrontEndCallsParametersByItsOwnNames() {
    assertThat(LOW).hasMessage("win-rate is too low for n = 3");
    assertThat(LOW.message().in(p -> "<" + p.word() + ">"))
        .isEqualTo("<win-rate> is too low for <n> = 3");
    assertThat(LOW.message().parameters()).containsExactly(Parameter.WIN_RATE, Parameter.N);
    assertThat(LOW.problem()).isEqualTo(Problem.OUT_OF_RANGE);
  }

  @Test
  void aPlaceComesFirstAndNothingIsLost() {
    InputException placed = InputException.at("file:7", LOW);
    assertThat(placed).hasMessage("file:7: win-rate is too low for n = 3").hasCause(LOW);
    assertThat(placed.problem()).isEqualTo(Problem.OUT_OF_RANGE);
    assertThat(placed.message().in(p -> "--" + p.word()))
        .isEqualTo("file:7: --win-rate is too low for --n = 3");
    InputException plain = InputException.at("file:7", new IllegalArgumentException("odd"));
    assertThat(plain).hasMessage("file:7: odd");
    assertThat(plain.problem()).isEqualTo(Problem.MALFORMED);
    assertThat(plain.message().parameters()).isEmpty();
  }

  @Test
  void aMessageInAMessageKeepsItsParameters() {
    Message message = Message.of("a ", Message.of(Parameter.KL, " b"), Parameter.N);
    assertThat(message).hasToString("a kl bn");
    assertThat(message).isEqualTo(Message.of("a ", Parameter.KL, " b", Parameter.N));
    assertThat(message).isNotEqualTo(Message.of("a kl bn"));
    assertThat(message.hashCode())
        .isEqualTo(Message.of("a ", Parameter.KL, " b", Parameter.N).hashCode());
  }

  @Test
  void whatIsMadeOfAUsersValuesIsTheUsersToMend() {
    assertThat(InputException.given(() -> 7)).isEqualTo(7);
    assertThatThrownBy(
            () ->
                InputException.given(
                    () -> {
                      throw new IllegalArgumentException("n must be at least 1");
                    }))
        .isInstanceOf(InputException.class)
        .hasMessage("n must be at least 1");
    assertThatThrownBy(
            () ->
                InputException.given(
                    () -> {
                      throw LOW;
                    }))
        .isSameAs(LOW);
    assertThatThrownBy(
            () ->
                InputException.given(
                    () -> {
                      throw new ArithmeticException("a bug");
                    }))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void itTravels() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(LOW);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject())
          .asInstanceOf(type(InputException.class))
          .satisfies(back -> assertThat(back.message()).isEqualTo(LOW.message()));
    }
  }
}
