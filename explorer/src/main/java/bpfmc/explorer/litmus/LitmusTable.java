package bpfmc.explorer.litmus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results of many tests as one table: a line a test for spreadsheets, or an array for programs. */
public final class LitmusTable {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private LitmusTable() {}

    /** A result and the file of its test. */
    public record Row(String file, LitmusResult result) {}

    /** {@return comma-separated values; the columns are those that {@link Expectations} reads} */
    public static String csv(List<Row> rows) {
        StringBuilder out = new StringBuilder("file,name,model,quantifier,verdict,observation,positive,negative,n_states,states,seconds\n");
        for (Row row : rows) {
            LitmusResult r = row.result;
            out.append(List.of(row.file, r.test().name(), r.model().option(), r.test().quantifier().kind(), r.verdict(), r.observation(), r.positive(), r.negative(),
                    r.states().size(), r.states().stream().map(r::text).collect(Collectors.joining(" | ")), seconds(r)).stream()
                    .map(v -> quoted(v.toString())).collect(Collectors.joining(","))).append('\n');
        }
        return out.toString();
    }

    private static String quoted(String value) {
        return value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n') ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static double seconds(LitmusResult result) {
        return Math.round(result.nanos() / 1e6) / 1e3;
    }

    /** {@return an array of objects} */
    public static String json(List<Row> rows) {
        return MAPPER.writeValueAsString(rows.stream().map(LitmusTable::object).toList()) + "\n";
    }

    private static Map<String, Object> object(Row row) {
        LitmusResult r = row.result;
        List<Location> displayed = r.test().displayed();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("file", row.file);
        out.put("name", r.test().name());
        out.put("model", r.model().option());
        out.put("quantifier", r.test().quantifier().word());
        out.put("condition", r.test().condition().text());
        out.put("ok", r.ok());
        out.put("loop", r.cost().cut());
        out.put("undecided", r.undecided());
        out.put("observation", r.observation());
        out.put("positive", r.positive());
        out.put("negative", r.negative());
        out.put("states", r.states().stream().map(state -> {
            Map<String, String> values = new LinkedHashMap<>();
            IntStream.range(0, state.size()).forEach(i -> values.put(displayed.get(i).toString(), r.test().type(displayed.get(i)).text(state.get(i))));
            return values;
        }).toList());
        out.put("explored", r.cost().executions());
        out.put("deadEnds", r.cost().deadEnds());
        out.put("seconds", seconds(r));
        return out;
    }
}
