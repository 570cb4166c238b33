package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Model;
import bpfmc.model.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Recorded results that new ones are held against: what herd7 printed, or a table, separated by tabs or commas, whose first line names the columns.
 *
 * <p>Columns: {@code file} or {@code name} say which test; {@code model}, when it is there, says of which model the line is. {@code verdict} (or
 * {@code herd_verdict}), {@code observation}, {@code positive}, {@code negative}, {@code n_states} and {@code states} are compared. A column such as
 * {@code tso_states} is of one model; then those without such a beginning are of {@code bpf}.
 */
public final class Expectations {
    private static final List<String> COMPARED = List.of("verdict", "herd_verdict", "observation", "positive", "negative", "n_states", "states");

    private final Map<String, Map<String, String>> recorded = new HashMap<>();

    private Expectations() {}

    /** {@return what is recorded of a model} @throws InputException when the text is neither a table nor herd's output */
    public static Expectations parse(String text, Model model) {
        Expectations out = new Expectations();
        List<String> lines = text.lines().toList();
        if (lines.stream().anyMatch(l -> l.startsWith("Observation ")) && lines.stream().anyMatch(l -> l.startsWith("States "))) {
            out.blocks(lines);
        } else {
            out.table(text, model);
        }
        if (out.recorded.isEmpty()) {
            throw new InputException("nothing is recorded here of model " + model.option());
        }
        return out;
    }

    private void blocks(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).split(" ");
            if (words.length < 3 || !words[0].equals("Test") || i + 1 == lines.size() || !lines.get(i + 1).startsWith("States ")) {
                continue;
            }
            Map<String, String> record = new HashMap<>();
            List<String> states = new ArrayList<>();
            for (i += 2; i < lines.size() && !lines.get(i).startsWith("Observation "); i++) {
                String line = lines.get(i);
                if (line.matches("(Loop )?(Ok|No)")) {
                    record.put("verdict", line);
                } else if (line.contains("=") && !record.containsKey("verdict")) {
                    states.add(line);
                }
            }
            String[] observed = i < lines.size() ? lines.get(i).split(" ") : new String[0];
            if (observed.length != 5) {
                throw new InputException("line " + (i + 1) + ": the block of " + words[1] + " has no observation");
            }
            record.putAll(Map.of("observation", observed[2], "positive", observed[3], "negative", observed[4], "states", String.join(" | ", states)));
            recorded.put(words[1], record);
        }
    }

    private void table(String text, Model model) {
        List<List<String>> rows = rows(text, text.lines().findFirst().orElse("").contains("\t") ? '\t' : ',');
        List<String> columns = rows.isEmpty() ? List.of() : rows.getFirst();
        if (!columns.contains("name") && !columns.contains("file")) {
            throw new InputException("line 1: a table with a column 'name' or 'file' expected, or what herd7 prints");
        }
        String prefix = model == Model.BPF_STRICT ? "strict_" : model == Model.BPF ? "" : model.option() + "_";
        boolean ofAll = columns.contains("model");
        for (int i = 1; i < rows.size(); i++) {
            Map<String, String> row = new HashMap<>();
            if (rows.get(i).size() != columns.size()) {
                throw new InputException("line " + (i + 1) + ": " + rows.get(i).size() + " fields where the first line names " + columns.size());
            }
            for (int c = 0; c < columns.size(); c++) {
                row.put(columns.get(c), rows.get(i).get(c));
            }
            if (ofAll && !row.get("model").equals(model.option())) {
                continue;
            }
            Map<String, String> record = new HashMap<>();
            COMPARED.stream().filter(c -> row.containsKey((ofAll ? "" : prefix) + c))
                    .forEach(c -> record.put(c.equals("herd_verdict") ? "verdict" : c, row.get((ofAll ? "" : prefix) + c)));
            if (!record.isEmpty()) {
                Optional.ofNullable(row.get("name")).ifPresent(n -> recorded.put(n, record));
                Optional.ofNullable(row.get("file")).ifPresent(f -> recorded.put(lastName(f), record));
            }
        }
    }

    private static List<List<String>> rows(String text, char separator) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (separator == ',' && c == '"') {
                boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (doubled) {
                    field.append(text.charAt(++i));
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (c == separator || c == '\n')) {
                row.add(field.toString().strip());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        if (!row.isEmpty() || !field.isEmpty()) {
            row.add(field.toString().strip());
            rows.add(row);
        }
        return rows;
    }

    private static String lastName(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** {@return what differs, a line each; nothing when all is as recorded} */
    public List<String> differences(String file, LitmusResult result) {
        Map<String, String> record = recorded.getOrDefault(lastName(file), recorded.get(result.test().name()));
        if (record == null) {
            return List.of("nothing is recorded of it");
        }
        Map<String, String> found = Map.of("verdict", result.verdict(), "observation", result.observation(), "positive", result.positive().toString(),
                "negative", result.negative().toString(), "n_states", String.valueOf(result.states().size()));
        List<String> out = new ArrayList<>();
        COMPARED.stream().filter(c -> found.containsKey(c) && record.containsKey(c) && !record.get(c).equals(found.get(c)))
                .forEach(c -> out.add(c + " " + found.get(c) + ", recorded " + record.get(c)));
        if (record.containsKey("states")) {
            TreeSet<String> wanted = new TreeSet<>(Arrays.stream(record.get("states").split("\\|")).map(String::strip).filter(s -> !s.isEmpty()).toList());
            TreeSet<String> states = new TreeSet<>(result.states().stream().map(result::text).toList());
            wanted.stream().filter(s -> !states.contains(s)).forEach(s -> out.add("missing state " + s));
            states.stream().filter(s -> !wanted.contains(s)).forEach(s -> out.add("new state " + s));
        }
        return out;
    }
}
