package bpfmc.explorer.condition;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.value.Symbol;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What advice names as an input is one that a scenario file may give a range to. */
class InputNamesTest {
    @ParameterizedTest
    @CsvSource({"conditions/flows, skb->mark", "conditions/sampled, bpf_get_prandom_u32()", "calls/tail_call, skb->mark", "bench/parser, ctx->rx_queue_index"})
    void everyNameIsAnInput(String sample, String among) {
        BpfObject object = ObjectReader.read(Path.of("../specs/" + sample + ".bpf.o"));
        var names = new TreeSet<String>();
        for (BpfProgram program : object.programs()) {
            for (int word = 0; word < 256; word += 8) {
                names.addAll(ScenarioConditions.names(program, Symbol.input(Symbol.Kind.CONTEXT, 0, word)).castToList());
            }
            for (int slot = 0; slot < program.instructionCount(); slot++) {
                names.addAll(ScenarioConditions.names(program, new Symbol(Symbol.OWN, Symbol.Kind.FRESH, 0, slot, 8)).castToList());
            }
        }
        assertThat(names).allSatisfy(n -> assertThat(n.endsWith("()") ? new InputResults(object.programs()).of(n, "0..3") : new InputFields(object).of(n, "0..3"))
                .isNotNull());
        assertThat(names).contains(among);
    }
}
