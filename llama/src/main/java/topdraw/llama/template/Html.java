package topdraw.llama.template;

/// Text made safe for HTML, as `escape` and everything added to a safe text is.
final class Html {
  private Html() {}

  static String escaped(String text, Budget budget) {
    var made = new Made(budget);
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '&' -> made.add("&amp;");
        case '<' -> made.add("&lt;");
        case '>' -> made.add("&gt;");
        case '"' -> made.add("&#34;");
        case '\'' -> made.add("&#39;");
        default -> made.add(String.valueOf(character));
      }
    }
    return made.toString();
  }
}
