package topdraw.llama.template;

/// A template that cannot be read or rendered, in one line that names the template's line where it
/// is known.
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final String fault;

  TemplateException(String fault) {
    this(0, fault);
  }

  TemplateException(int line, String fault) {
    super(line > 0 ? "line " + line + ": " + fault : fault);
    this.line = line;
    this.fault = fault;
  }

  /// The same fault, at a line unless it has one already.
  TemplateException at(int place) {
    return line > 0 || place < 1 ? this : new TemplateException(place, fault);
  }

  /// Where the fault lies.
  ///
  /// @return the line, counted from 1; 0 where it is not known
  public int line() {
    return line;
  }
}
