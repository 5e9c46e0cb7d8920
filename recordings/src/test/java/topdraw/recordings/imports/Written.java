package topdraw.recordings.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import topdraw.json.Json;

/// One pool of draws, written in the layouts of many programs.
///
/// @param asked the prompts
/// @param said the completions of each
/// @param scores their scores
record Written(List<String> asked, List<List<String>> said, List<List<Double>> scores) {
  /// A file and what has to be said of it.
  record Input(String name, List<String> map, Optional<Join> join) {
    static Input of(String name, String... map) {
      return new Input(name, List.of(map), Optional.empty());
    }
  }

  private static Map<String, Object> row(Object... pairs) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put((String) pairs[i], pairs[i + 1]);
    }
    return row;
  }

  private List<Object> draws(BiFunction<Integer, Integer, Object> row) {
    List<Object> rows = new ArrayList<>();
    for (int p = 0; p < asked.size(); p++) {
      for (int i = 0; i < said.get(p).size(); i++) {
        rows.add(row.apply(p, i));
      }
    }
    return rows;
  }

  private List<Object> prompts(BiFunction<Integer, List<Integer>, Object> row) {
    List<Object> rows = new ArrayList<>();
    for (int p = 0; p < asked.size(); p++) {
      List<Integer> draws = new ArrayList<>();
      for (int i = 0; i < said.get(p).size(); i++) {
        draws.add(i);
      }
      rows.add(row.apply(p, draws));
    }
    return rows;
  }

  private String text(int p, int i) {
    return said.get(p).get(i);
  }

  private double score(int p, int i) {
    return scores.get(p).get(i);
  }

  private static Map<String, Object> message(String role, String content) {
    return row("role", role, "content", content);
  }

  private static String lines(List<Object> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(Json.line(row)).append('\n'));
    return text.toString();
  }

  private List<Object> plain() {
    return draws(
        (p, i) -> row("prompt", asked.get(p), "response", text(p, i), "score", score(p, i)));
  }

  private static String quoted(String cell) {
    return "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  private String separated(String separator, boolean commas) {
    StringBuilder csv =
        new StringBuilder("prompt" + separator + "response" + separator + "score\n");
    draws(
        (p, i) ->
            csv.append(quoted(asked.get(p)))
                .append(separator)
                .append(quoted(text(p, i)))
                .append(separator)
                .append(
                    commas
                        ? Double.toString(score(p, i)).replace('.', ',')
                        : Double.toString(score(p, i)))
                .append('\n'));
    return csv.toString();
  }

  /// Writes all layouts into a folder.
  List<Input> write(Path folder) throws IOException {
    List<Input> inputs = new ArrayList<>();
    Map<String, String> texts = new TreeMap<>();
    texts.put("plain.jsonl", lines(plain()));
    texts.put("plain.json", Json.line(plain()));
    texts.put("array.jsonl", Json.line(plain()));
    texts.put("plain", lines(plain()));
    texts.put("plain.csv", separated(",", false));
    texts.put("plain.tsv", separated("\t", false));
    texts.put("european.csv", "\uFEFF" + separated(";", true));
    texts.put("lists.jsonl", lists("prompt", "completions", "scores"));
    texts.put("ratings.jsonl", lists("instruction", "generations", "ratings"));
    texts.put("search-and-learn.jsonl", lists("problem", "completions", "agg_scores"));
    texts.put("objects.jsonl", objects("question", "candidates", "response", "rating"));
    texts.put("nested.json", Json.line(row("run", row("id", 1), "results", row("rows", plain()))));
    texts.put("dictionary.json", dictionary());
    texts.put("wide.csv", wide());
    texts.put("pandas-split.json", split());
    texts.put("pandas-table.json", table());
    texts.put("pandas-columns.json", columns());
    texts.put("chat.jsonl", chat());
    texts.put("sharegpt.jsonl", shareGpt());
    texts.put("tasks.json", tasks());
    others(texts);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(folder.resolve(text.getKey()), text.getValue());
      inputs.add(Input.of(text.getKey()));
    }
    inputs.addAll(told(folder));
    inputs.addAll(packed(folder));
    return inputs;
  }

  private String lists(String prompt, String text, String score) {
    return lines(
        prompts((p, _) -> row(prompt, asked.get(p), text, said.get(p), score, scores.get(p))));
  }

  private String objects(String prompt, String list, String text, String score) {
    return lines(
        prompts(
            (p, all) ->
                row(
                    prompt,
                    asked.get(p),
                    list,
                    all.stream().map(i -> row(text, text(p, i), score, score(p, i))).toList())));
  }

  private String dictionary() {
    Map<String, Object> rows = new LinkedHashMap<>();
    plain().forEach(row -> rows.put(String.valueOf(rows.size()), row));
    return Json.line(rows);
  }

  private String tasks() {
    Map<String, Object> tasks = new LinkedHashMap<>();
    prompts(
        (p, all) ->
            tasks.put(
                "task/" + p,
                all.stream()
                    .map(
                        i ->
                            row(
                                "prompt",
                                asked.get(p),
                                "output",
                                text(p, i),
                                "reward",
                                score(p, i)))
                    .toList()));
    return Json.line(row("hash", "0", "eval", tasks));
  }

  private String wide() {
    int draws = said.getFirst().size();
    StringBuilder csv = new StringBuilder("question");
    for (String name : List.of("response_", "score_")) {
      for (int i = 1; i <= draws; i++) {
        csv.append(',').append(name).append(i);
      }
    }
    csv.append('\n');
    for (int p = 0; p < asked.size(); p++) {
      csv.append(quoted(asked.get(p)));
      for (String text : said.get(p)) {
        csv.append(',').append(quoted(text));
      }
      for (double score : scores.get(p)) {
        csv.append(',').append(score);
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private String split() {
    return Json.line(
        row(
            "columns",
            List.of("prompt", "response", "score"),
            "index",
            List.of(0),
            "data",
            draws((p, i) -> List.of(asked.get(p), text(p, i), score(p, i)))));
  }

  private String table() {
    return Json.line(
        row(
            "schema",
            row("fields", List.of(row("name", "prompt", "type", "string"))),
            "data",
            plain()));
  }

  private String columns() {
    Map<String, Object> prompt = new LinkedHashMap<>();
    Map<String, Object> response = new LinkedHashMap<>();
    Map<String, Object> score = new LinkedHashMap<>();
    draws(
        (p, i) -> {
          String key = String.valueOf(prompt.size());
          prompt.put(key, asked.get(p));
          response.put(key, text(p, i));
          return score.put(key, score(p, i));
        });
    return Json.line(row("prompt", prompt, "response", response, "score", score));
  }

  private String chat() {
    return lines(
        draws(
            (p, i) ->
                row(
                    "messages",
                    List.of(message("user", asked.get(p)), message("assistant", text(p, i))),
                    "reward",
                    score(p, i))));
  }

  private String shareGpt() {
    return lines(
        draws(
            (p, i) ->
                row(
                    "conversations",
                    List.of(
                        row("from", "human", "value", asked.get(p)),
                        row("from", "gpt", "value", text(p, i))),
                    "score",
                    score(p, i))));
  }

  /// Layouts that are known by name.
  private void others(Map<String, String> texts) {
    texts.put(
        "vllm.jsonl",
        lines(
            prompts(
                (p, all) ->
                    row(
                        "prompt",
                        asked.get(p),
                        "outputs",
                        all.stream()
                            .map(
                                i ->
                                    row(
                                        "index",
                                        i,
                                        "text",
                                        text(p, i),
                                        "token_ids",
                                        List.of(1, 2),
                                        "cumulative_logprob",
                                        -1.5,
                                        "reward",
                                        score(p, i)))
                            .toList()))));
    texts.put(
        "every-eval-ever.jsonl",
        lines(
            draws(
                (p, i) ->
                    row(
                        "schema_version",
                        "0.2",
                        "sample_id",
                        p,
                        "model_id",
                        "m",
                        "input",
                        row("raw", asked.get(p)),
                        "output",
                        row("raw", text(p, i)),
                        "evaluation",
                        row("score", score(p, i))))));
    texts.put(
        "nemo-gym.jsonl",
        lines(
            draws(
                (p, i) ->
                    row(
                        "responses_create_params",
                        row("input", List.of(message("user", asked.get(p)))),
                        "response",
                        row(
                            "output",
                            List.of(
                                row(
                                    "type",
                                    "message",
                                    "role",
                                    "assistant",
                                    "content",
                                    List.of(row("type", "output_text", "text", text(p, i)))))),
                        "reward",
                        score(p, i)))));
    texts.put(
        "promptfoo.json",
        Json.line(
            row(
                "evalId",
                "e",
                "results",
                row(
                    "prompts",
                    List.of(row("raw", "{{q}}", "label", "l")),
                    "results",
                    draws(
                        (p, i) ->
                            row(
                                "prompt",
                                row("raw", asked.get(p), "label", "l"),
                                "response",
                                row("output", text(p, i)),
                                "score",
                                score(p, i)))))));
    texts.put(
        "langsmith.jsonl",
        lines(
            draws(
                (p, i) ->
                    row(
                        "id",
                        p + "-" + i,
                        "inputs",
                        row("question", asked.get(p)),
                        "outputs",
                        row("output", text(p, i)),
                        "feedback_stats",
                        row("correctness", row("n", 1, "avg", score(p, i)))))));
    texts.put(
        "ultrafeedback.jsonl", objects("instruction", "completions", "response", "overall_score"));
    texts.put(
        "qwen-math.jsonl",
        lines(
            prompts(
                (p, _) ->
                    row(
                        "question",
                        asked.get(p),
                        "gt",
                        "x",
                        "answer",
                        "x",
                        "code",
                        said.get(p),
                        "pred",
                        said.get(p),
                        "score",
                        scores.get(p)))));
    texts.put(
        "monkey.jsonl",
        lines(
            prompts(
                (p, _) ->
                    row(
                        "question",
                        "Q",
                        "prompt",
                        asked.get(p),
                        "gt_answer",
                        "x",
                        "samples",
                        said.get(p),
                        "is_corrects",
                        scores.get(p)))));
    texts.put(
        "livecodebench.jsonl",
        lines(
            prompts(
                (p, _) ->
                    row(
                        "question_id",
                        "q" + p,
                        "question_content",
                        asked.get(p),
                        "output_list",
                        said.get(p),
                        "graded_list",
                        scores.get(p)))));
    texts.put("inspect.json", inspect());
    platforms(texts);
    texts.put(
        "raters.jsonl",
        lines(
            draws(
                (p, i) ->
                    row(
                        "prompt",
                        asked.get(p),
                        "response",
                        text(p, i),
                        "scores",
                        List.of(score(p, i), score(p, i))))));
  }

  /// Layouts of platforms that keep traces and judgements.
  private void platforms(Map<String, String> texts) {
    texts.put("helpsteer.jsonl", rows((p, i) -> helpSteer(p, i)));
    texts.put(
        "distilabel.jsonl",
        lines(
            prompts(
                (p, all) ->
                    row(
                        "instruction",
                        asked.get(p),
                        "generations",
                        said.get(p),
                        "ratings",
                        scores.get(p),
                        "generation_models",
                        all.stream().map(_ -> "m").toList(),
                        "model_name",
                        "judge " + p))));
    texts.put(
        "langsmith-experiment.jsonl",
        rows(
            (p, i) ->
                row(
                    "example_id",
                    "e" + p,
                    "inputs",
                    row("question", asked.get(p)),
                    "outputs",
                    row("output", text(p, i)),
                    "reference_outputs",
                    row("answer", "x"),
                    "feedback",
                    row("correctness", score(p, i)))));
    texts.put(
        "langsmith-frame.jsonl",
        rows(
            (p, i) ->
                row(
                    "inputs.question",
                    asked.get(p),
                    "outputs.output",
                    text(p, i),
                    "reference.answer",
                    "x",
                    "feedback.correctness",
                    score(p, i),
                    "example_id",
                    "e" + p)));
    texts.put(
        "langfuse.jsonl",
        rows(
            (p, i) ->
                langfuse(
                    p, i, List.of(row("name", "correctness", "value", score(p, i), "id", "s")))));
    texts.put(
        "langfuse-export.jsonl",
        rows((p, i) -> langfuse(p, i, row("correctness", List.of(score(p, i))))));
    texts.put("argilla.json", Json.line(draws((p, i) -> argilla(p, i, true))));
    texts.put("argilla-suggestions.json", Json.line(draws((p, i) -> argilla(p, i, false))));
    texts.put(
        "matharena.jsonl",
        rows(
            (p, i) ->
                row(
                    "problem_idx",
                    1,
                    "problem",
                    asked.get(p),
                    "model_name",
                    "m",
                    "idx_answer",
                    i,
                    "all_messages",
                    List.of(message("user", asked.get(p)), message("assistant", text(p, i))),
                    "user_message",
                    asked.get(p),
                    "answer",
                    text(p, i),
                    "output_tokens",
                    7,
                    "gold_answer",
                    "x",
                    "parsed_answer",
                    text(p, i),
                    "correct",
                    score(p, i))));
    texts.put(
        "nemo-skills.jsonl",
        rows(
            (p, i) ->
                row(
                    "problem",
                    asked.get(p),
                    "expected_answer",
                    "x",
                    "generation",
                    text(p, i),
                    "predicted_answer",
                    "y" + i,
                    "num_generated_tokens",
                    9,
                    "symbolic_correct",
                    score(p, i))));
    texts.put(
        "open-r1.jsonl",
        lines(
            prompts(
                (p, _) ->
                    row(
                        "problem",
                        asked.get(p),
                        "solution",
                        "s",
                        "answer",
                        "x",
                        "generations",
                        said.get(p),
                        "correctness_math_verify",
                        scores.get(p),
                        "correctness_count",
                        1,
                        "messages",
                        List.of(
                            message("user", asked.get(p)), message("assistant", text(p, 0)))))));
    texts.put(
        "deepeval.json",
        Json.line(
            row(
                "testCases",
                draws(
                    (p, i) ->
                        row(
                            "name",
                            "t" + p + i,
                            "input",
                            asked.get(p),
                            "actualOutput",
                            text(p, i),
                            "metricsData",
                            List.of(row("name", "Correctness", "score", score(p, i))))))));
    texts.put(
        "phoenix.jsonl",
        rows(
            (p, i) ->
                row(
                    "context.span_id",
                    "s" + p + i,
                    "attributes.input.value",
                    asked.get(p),
                    "attributes.output.value",
                    text(p, i),
                    "eval.judge.score",
                    score(p, i))));
    texts.put(
        "spreadsheet.jsonl",
        rows(
            (p, i) ->
                row(
                    "Prompt",
                    asked.get(p),
                    "Model Response",
                    text(p, i),
                    "Rating (1-10)",
                    score(p, i))));
    texts.put(
        "lighteval.jsonl",
        rows(
            (p, i) ->
                row(
                    "doc",
                    row("query", asked.get(p), "choices", List.of("x"), "gold_index", 0),
                    "model_response",
                    row("text", List.of(text(p, i))),
                    "metric",
                    row("extractive_match", score(p, i)))));
  }

  private String rows(BiFunction<Integer, Integer, Object> row) {
    return lines(draws(row));
  }

  private Map<String, Object> helpSteer(int p, int i) {
    return row(
        "prompt",
        asked.get(p),
        "response",
        text(p, i),
        "helpfulness",
        score(p, i),
        "correctness",
        1,
        "coherence",
        4,
        "complexity",
        1,
        "verbosity",
        2);
  }

  private Map<String, Object> langfuse(int p, int i, Object judged) {
    return row(
        "id",
        "t" + p + "-" + i,
        "timestamp",
        "2025-01-01T00:00:00Z",
        "name",
        "trace",
        "input",
        asked.get(p),
        "output",
        text(p, i),
        "metadata",
        row(),
        "scores",
        judged);
  }

  private Map<String, Object> argilla(int p, int i, boolean answered) {
    return row(
        "id",
        p + "-" + i,
        "fields",
        row("instruction", asked.get(p), "response", text(p, i)),
        "metadata",
        row("source", "s"),
        "suggestions",
        row("quality", row("value", answered ? 99 : score(p, i), "agent", "a")),
        "responses",
        answered
            ? row("quality", List.of(row("value", score(p, i), "user_id", "u")))
            : row("quality", List.of()),
        "status",
        "completed");
  }

  private Map<String, Object> sample(int p, int i) {
    return row(
        "id", "q" + p,
        "epoch", i + 1,
        "input", asked.get(p),
        "target", "x",
        "output",
            row(
                "model",
                "m",
                "choices",
                List.of(row("message", message("assistant", text(p, i)), "stop_reason", "stop"))),
        "scores", row("judge", row("value", score(p, i))),
        "events", List.of(row("event", "a", "input", asked.get(p))));
  }

  private String inspect() {
    return Json.line(
        row(
            "version",
            2,
            "status",
            "success",
            "eval",
            row("task", "t", "scorers", List.of(row("name", "judge"))),
            "samples",
            draws(this::sample),
            "reductions",
            List.of(row("scorer", "judge", "samples", List.of()))));
  }

  /// Layouts of which a person has to say something.
  private List<Input> told(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("less.jsonl"),
        lines(
            draws(
                (p, i) ->
                    row("prompt", asked.get(p), "response", text(p, i), "wer", -score(p, i)))));
    Files.writeString(
        folder.resolve("steps.jsonl"),
        lines(
            draws(
                (p, i) ->
                    row(
                        "prompt",
                        asked.get(p),
                        "response",
                        text(p, i),
                        "steps",
                        List.of(1e9, score(p, i), 1e9)))));
    Files.writeString(
        folder.resolve("deep.jsonl"),
        lines(
            prompts(
                (p, all) ->
                    row(
                        "q", row("text", asked.get(p)),
                        "runs",
                            all.stream()
                                .map(
                                    i ->
                                        row(
                                            "out", row("raw", text(p, i)),
                                            "judges", row("a", row("value", score(p, i)))))
                                .toList()))));
    Files.writeString(
        folder.resolve("answers.jsonl"),
        lines(
            draws(
                (p, i) -> row("id", p + "-" + i, "prompt", asked.get(p), "response", text(p, i)))));
    Files.writeString(folder.resolve("opencompass.json"), openCompass());
    Path events = Files.writeString(folder.resolve("openai-evals.jsonl"), events());
    Files.writeString(
        folder.resolve("marks.jsonl"),
        lines(draws((p, i) -> row("answer_id", p + "-" + i, "mark", score(p, i)))));
    return List.of(
        Input.of("less.jsonl", "reward=-wer"),
        Input.of("steps.jsonl", "reward=min(steps[])"),
        Input.of("steps.jsonl", "reward=steps[1]"),
        Input.of("opencompass.json", "reward=mark"),
        Input.of(
            "deep.jsonl", "prompt=q.text", "text=runs[].out.raw", "reward=runs[].judges.a.value"),
        new Input(
            "answers.jsonl",
            List.of("reward=mark"),
            Optional.of(Join.of(folder.resolve("marks.jsonl"), List.of("id=answer_id")))),
        new Input(
            "openai-evals.jsonl",
            List.of(),
            Optional.of(Join.of(events, List.of("run_id,sample_id".split(","))))));
  }

  /// Samples and verdicts as events of one log.
  private String events() {
    List<Object> events = new ArrayList<>(List.of(row("spec", row("eval_name", "e"))));
    draws(
        (p, i) -> {
          String id = "e." + p + "." + i;
          events.add(
              row(
                  "run_id",
                  "r",
                  "event_id",
                  events.size(),
                  "sample_id",
                  id,
                  "type",
                  "sampling",
                  "data",
                  row(
                      "prompt",
                      List.of(message("user", asked.get(p))),
                      "sampled",
                      List.of(text(p, i)))));
          return events.add(
              row(
                  "run_id",
                  "r",
                  "event_id",
                  events.size(),
                  "sample_id",
                  id,
                  "type",
                  "match",
                  "data",
                  row("score", score(p, i), "expected", "x", "sampled", text(p, i))));
        });
    events.add(row("final_report", row("accuracy", 0.5)));
    return lines(events);
  }

  /// Predictions by number; scores that lie elsewhere are told by a column.
  private String openCompass() {
    Map<String, Object> rows = new LinkedHashMap<>();
    draws(
        (p, i) ->
            rows.put(
                String.valueOf(rows.size()),
                row(
                    "origin_prompt",
                    List.of(row("role", "HUMAN", "prompt", asked.get(p))),
                    "prediction",
                    text(p, i),
                    "gold",
                    "x",
                    "mark",
                    score(p, i))));
    return Json.line(rows);
  }

  private List<Input> packed(Path folder) throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("zipped.jsonl")))) {
      out.write(lines(plain()).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("utf-16.jsonl"), lines(plain()).getBytes(StandardCharsets.UTF_16));
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("log.eval")))) {
      zip.putNextEntry(new ZipEntry("header.json"));
      zip.write("{}".getBytes(StandardCharsets.UTF_8));
      for (int p = 0; p < asked.size(); p++) {
        for (int i = 0; i < said.get(p).size(); i++) {
          zip.putNextEntry(new ZipEntry("samples/q" + p + "_epoch_" + (i + 1) + ".json"));
          zip.write(Json.line(sample(p, i)).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return List.of(Input.of("zipped.jsonl"), Input.of("utf-16.jsonl"), Input.of("log.eval"));
  }
}
