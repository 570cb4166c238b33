package bpfmc.explorer.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.axiomatic.Model;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The exploration beside the enumeration of everything. */
class BruteForceTest {
    private static final int PROGRAMS = 2_000;
    private static final int MOST_COMBINATIONS = 4_000;

    static LitmusResult result(LitmusTest test, Model model, boolean symmetric) {
        return LitmusResult.of(test, new LitmusResult.Options(model, 2, 1, symmetric, Long.MAX_VALUE));
    }

    @Test
    void randomProgramsEndAsBruteForceSaysUnderEveryModel() {
        RandomPrograms programs = new RandomPrograms(24);
        int compared = 0;
        int weak = 0;
        int unrepaired = 0;
        while (compared < PROGRAMS) {
            String text = programs.next();
            LitmusTest test = LitmusParser.parse(text);
            Map<Model, BruteForce.Answer> expected = new BruteForce(test).answers(MOST_COMBINATIONS);
            if (expected.isEmpty()) {
                continue;
            }
            compared++;
            for (Model model : Model.values()) {
                LitmusResult result = result(test, model, compared % 2 == 0);
                assertThat(new TreeSet<>(result.states().stream().map(result::text).toList()))
                        .as("states of %s under %s", text, model).isEqualTo(new TreeSet<>(expected.get(model).states()));
                assertThat(result.positive().longValueExact() + " " + result.negative().longValueExact()).as("executions of %s under %s", text, model)
                        .isEqualTo(expected.get(model).positive() + " " + expected.get(model).negative());
            }
            weak += expected.get(Model.BPF_STRICT).states().size() > expected.get(Model.TSO).states().size() ? 1 : 0;
            unrepaired += expected.get(Model.BPF).negative() + expected.get(Model.BPF).positive()
                    > expected.get(Model.BPF_STRICT).negative() + expected.get(Model.BPF_STRICT).positive() ? 1 : 0;
        }
        System.out.println(compared + " weak " + weak + " unrepaired " + unrepaired);
        assertThat(weak).as("programs with outcomes that only the BPF model has").isGreaterThan(50);
        assertThat(unrepaired).as("programs where herd7's model allows a compare-and-exchange to write early").isGreaterThan(5);
    }
}
