package bpfmc.explorer.litmus;

import bpfmc.explorer.axiomatic.Execution;
import bpfmc.explorer.axiomatic.Exploration;
import bpfmc.explorer.axiomatic.Graph;
import bpfmc.explorer.axiomatic.Kind;
import bpfmc.explorer.axiomatic.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An execution that ends as the condition says (of {@code forall}: not as it says), to be drawn: one that the model allows, or one that it refuses,
 * with the circle that it is refused for.
 *
 * @param under the model that allows the execution: the one that was asked, or a weaker one
 */
public record Witness(LitmusTest test, Model model, Model under, Execution<Value> execution, Optional<Model.Refusal> refusal) {
    /** {@return one; empty when values that lead there would have to come from themselves} */
    public static Optional<Witness> of(LitmusTest test, LitmusResult.Options options) {
        return Stream.concat(Stream.of(options.model()), options.model().weaker().stream())
                .flatMap(m -> found(test, options, m).map(e -> new Witness(test, options.model(), m, e, options.model().refusal(e.graph()))).stream())
                .findFirst();
    }

    private static Optional<Execution<Value>> found(LitmusTest test, LitmusResult.Options options, Model under) {
        Cells cells = new Cells(test);
        List<Execution<Value>> found = new ArrayList<>();
        boolean wanted = test.quantifier() != LitmusTest.Quantifier.FORALL;
        Exploration.explore(new LitmusProgram(test, cells, options.turns()), under, new Exploration.Options(false, 1, options.deadline()), () -> execution -> {
            FinalState state = new FinalState(test, cells, execution);
            if (test.filter().holds(state::of) && test.condition().holds(state::of) == wanted) {
                found.add(execution);
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    private record FinalState(LitmusTest test, Cells cells, Execution<Value> execution) {
        Value of(Location location) {
            return test.type(location).shown(switch (location) {
                case Location.Register r -> execution.registers().get(r.thread()).get(r.number());
                case Location.Cell c -> execution.last(cells.number(c), cells.initial(cells.number(c)));
            });
        }
    }

    /** {@return what an event does, in words} */
    String label(int event) {
        Graph graph = execution.graph();
        Kind kind = graph.kind(event);
        String cell = new Cells(test).location(graph.cell(event)).toString().replaceAll("^\\[(.*)]$", "$1");
        if (graph.isInitial(event)) {
            return cell + " = " + execution.values().get(event);
        }
        String read = kind.reads() ? "reads " + cell + " = " + execution.values().get(graph.source(event)) : "";
        String written = kind.writes() ? (kind.reads() ? ", stores " : "stores " + cell + " = ") + execution.values().get(event) : "";
        return read + written + switch (kind) {
            case READ, WRITE -> "";
            case ACQUIRE -> " (acquire)";
            case RELEASE -> " (release)";
            case ATOMIC -> " (atomic)";
            case FETCH -> " (atomic, fence)";
            case SWAP, SWAP_READ, SWAP_WRITE -> " (cmpxchg)";
            case SWAP_LOST -> " (cmpxchg fails)";
        };
    }

    /** {@return the sentence above the picture} */
    String sentence() {
        String ends = "an execution that ends " + (test.quantifier() == LitmusTest.Quantifier.FORALL ? "without (" : "with (") + test.condition().text() + ")";
        return refusal.map(r -> test.name() + ": " + model.option() + " refuses " + ends + ": " + r.axiom())
                .orElse(test.name() + ": " + model.option() + " allows " + ends);
    }
}
