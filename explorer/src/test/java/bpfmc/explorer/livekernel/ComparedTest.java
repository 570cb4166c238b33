package bpfmc.explorer.livekernel;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.livekernel.Compared.Outcome;
import bpfmc.explorer.livekernel.KernelVerdict.Stage;
import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.rules.Judgement;
import bpfmc.model.rules.Kernel;
import bpfmc.model.rules.LockRules;
import java.nio.file.Path;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

/** Verdicts of a kernel that are made up, beside what the rules say of samples. */
class ComparedTest {
    private static Outcome outcome(String sample, Stage stage, String words, String... untyped) {
        BpfObject object = ObjectReader.read(Path.of("..", "specs", sample + ".bpf.o"));
        Judgement judgement = LockRules.judge(object, object.programs().take(1), new Kernel(new KernelVersion(6, 18), true), Lists.immutable.empty());
        return Compared.of(judgement, Lists.immutable.with(new KernelVerdict(object.programs().getFirst().name(), stage, words, Lists.immutable.with(untyped)))).getOnly().outcome();
    }

    @Test
    void agreeWhereBothAccept() {
        assertThat(outcome("lock/hash_elem", Stage.ACCEPTED, "")).isEqualTo(Outcome.AGREE);
    }

    @Test
    void disagreeWhereOnlyTheKernelAccepts() {
        assertThat(outcome("refused/missing_unlock", Stage.ACCEPTED, "")).isEqualTo(Outcome.DISAGREE);
    }

    @Test
    void disagreeWhereTheKernelSaysWhatARuleCouldSay() {
        assertThat(outcome("lock/hash_elem", Stage.PROGRAM, "function calls are not allowed while holding a lock")).isEqualTo(Outcome.DISAGREE);
        assertThat(outcome("refused/missing_unlock", Stage.PROGRAM, "function calls are not allowed while holding a lock")).isEqualTo(Outcome.DISAGREE);
    }

    @Test
    void agreeWhereTheKernelSaysWhatTheRuleSays() {
        assertThat(outcome("refused/missing_unlock", Stage.PROGRAM, "BPF_EXIT instruction in main prog cannot be used inside bpf_spin_lock-ed region")).isEqualTo(Outcome.AGREE);
    }

    @Test
    void otherReasonsAreNoDisagreement() {
        assertThat(outcome("lock/hash_elem", Stage.PROGRAM, "R1 invalid mem access 'scalar'")).isEqualTo(Outcome.OTHER_REASON);
        assertThat(outcome("lock/hash_elem", Stage.PROGRAM, "prog 'count': failed to load: -1")).isEqualTo(Outcome.OTHER_REASON);
        assertThat(outcome("refused/missing_unlock", Stage.LIBRARY, "failed to find kernel BTF type ID of 'f': -3")).isEqualTo(Outcome.OTHER_REASON);
        assertThat(outcome("lock/hash_elem", Stage.MAP, "map 'm': failed to create: Cannot allocate memory(-12)")).isEqualTo(Outcome.OTHER_REASON);
    }

    @Test
    void errorsOfMapsAgreeByTheirNumbers() {
        String rule = "rules/read-write-only-map/read_only";
        assertThat(outcome(rule, Stage.ACCEPTED, "", "Error in bpf_create_map_xattr(values):Permission denied(-13). Retrying without BTF.")).isEqualTo(Outcome.AGREE);
        assertThat(outcome(rule, Stage.MAP, "map 'values': failed to create: Permission denied(-13)")).isEqualTo(Outcome.AGREE);
        assertThat(outcome(rule, Stage.ACCEPTED, "", "Error in bpf_create_map_xattr(values):(-131). Retrying without BTF.")).isEqualTo(Outcome.DISAGREE);
        assertThat(outcome(rule, Stage.ACCEPTED, "")).isEqualTo(Outcome.DISAGREE);
    }
}
